import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { AccountPasswordWaits } from '../../auth/password/attempts/account-password-waits.js';
import { actActor, type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { whileSuspended } from '../../staff/acts/act-refused.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';

/** Ends the waits and the full stop of a client after wrong passwords and codes. */
@Injectable()
export class UnlockAct implements ModuleAct, OnModuleInit {
  readonly name = 'two-factor.unlock';
  readonly path = 'two-factor/unlock';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly twoFactor: TwoFactor,
    private readonly passwordWaits: AccountPasswordWaits,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async buttons({ id, suspended }: Account): Promise<readonly ActButton[]> {
    if (suspended || !(await this.hasToWait(id))) return [];
    return [{ label: 'staff-acts.unlock', hint: 'staff-acts.unlock-hint' }];
  }

  async before({ client: { id, suspended } }: ActOrder): Promise<void> {
    if (suspended) throw whileSuspended(id);
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    const unlocked = await this.twoFactor.unlock(order.client.id, actReason(order), actActor(order));
    return unlocked ? {} : null;
  }

  private async hasToWait(accountId: string): Promise<boolean> {
    const { wait } = await this.twoFactor.status(accountId);
    return wait.stopped || wait.until !== null || (await this.passwordWaits.until(accountId)) !== null;
  }
}
