import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { actActor, type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';

/** Removes the trust of all browsers of a client: each asks for a second factor again. */
@Injectable()
export class ForgetDevicesAct implements ModuleAct, OnModuleInit {
  readonly name = 'two-factor.devices.forget';
  readonly path = 'two-factor/devices/forget';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly twoFactor: TwoFactor,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async buttons({ id }: Account): Promise<readonly ActButton[]> {
    if ((await this.twoFactor.devices(id)).length === 0) return [];
    return [{ label: 'staff-acts.forget-devices', hint: 'staff-acts.forget-devices-hint', danger: true }];
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    const forgotten = await this.twoFactor.forgetDevices(order.client.id, actActor(order), actReason(order));
    return forgotten ? {} : null;
  }
}
