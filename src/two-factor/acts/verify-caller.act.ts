import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { whileSuspended } from '../../staff/acts/act-refused.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';

/**
 * Verifies who is calling: the agent gets three words to read out. It changes nothing of the account, so it has no limit: a desk
 * has more than ten calls a day.
 */
@Injectable()
export class VerifyCallerAct implements ModuleAct, OnModuleInit {
  readonly name = 'caller.verify';
  readonly path = 'verify-caller';
  readonly role = 'support';
  readonly limited = false;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly twoFactor: TwoFactor,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  buttons({ suspended }: Account): readonly ActButton[] {
    return suspended ? [] : [{ label: 'staff-acts.verify-caller', hint: 'staff-acts.verify-caller-hint' }];
  }

  async before({ client: { id, suspended } }: ActOrder): Promise<void> {
    if (suspended) throw whileSuspended(id);
  }

  async call(order: ActOrder): Promise<ActDone> {
    const { id, name } = order.agent;
    const check = await this.twoFactor.callerCheck.start({
      accountId: order.client.id,
      agent: { id, name },
      reason: actReason(order),
    });
    const { words, until } = check;
    return { json: { words: words.split(' '), expiresAt: new Date(until).toISOString() } };
  }
}
