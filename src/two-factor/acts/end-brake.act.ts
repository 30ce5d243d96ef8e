import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { actActor, type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { nothingToDo } from '../../staff/acts/act-runner.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';

/** Ends the wait of a client's dangerous actions. Two agents must always agree: one deceived agent is what a thief hopes for. */
@Injectable()
export class EndBrakeAct implements ModuleAct, OnModuleInit {
  readonly name = 'two-factor.brake.end';
  readonly path = 'two-factor/brake/end';
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
    if ((await this.twoFactor.brake(id)) === null) return [];
    return [{ label: 'staff-acts.end-brake', hint: 'staff-acts.end-brake-hint', danger: true }];
  }

  async before(order: ActOrder): Promise<void> {
    if ((await this.twoFactor.brake(order.client.id)) === null) throw nothingToDo(order);
  }

  secondAgent(): Promise<string> {
    return Promise.resolve('staff-acts.why.brake');
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    const { client, approver } = order;
    // The framework asks for a second agent before each call.
    if (!approver) throw new TypeError('This needs two agents.');
    const given = { reason: actReason(order), approvedBy: { type: 'staff', id: approver.id } as const };
    return (await this.twoFactor.shorten(client.id, given, actActor(order))) ? {} : null;
  }
}
