import { Injectable } from '@nestjs/common';
import type { CommitResult } from '../verification/verification-commit.js';
import { TrustedDevices, type DeviceToken } from '../devices/trusted-devices.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { ActivePendingLogin } from './pending-logins.js';
import { Policy } from './policy.js';
import { Clock } from '../contracts/ports/clock.js';
import { StepUpTokens } from '../step-up/step-up-tokens.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { Emit } from '../outbox/transactions.js';

/** What else belongs in the unit that accepts an answer to a held login. */
@Injectable()
export class Settlement {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stepUpTokens: StepUpTokens,
    private readonly devices: TrustedDevices,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** Uses the held login up; false when it is no more. */
  async settle(
    pending: ActivePendingLogin,
    stores: Stores,
    emit: Emit,
    { kind }: CommitResult,
  ): Promise<boolean> {
    if (!(await stores.tokens.consume(pending.ref, this.clock.now()))) return false;
    if (this.registry.recovery(kind)) await this.stepUpTokens.grant(stores, 'replace', pending);
    emit('two-factor.challenge.passed', { kind });
    return true;
  }

  /** Has the browser trusted where that is offered; a recovery factor, for the day something was lost, trusts none. */
  async trust(
    pending: ActivePendingLogin,
    stores: Stores,
    emit: Emit,
    { kind, agent }: { readonly kind: string; readonly agent: string | null },
  ): Promise<DeviceToken | undefined> {
    const days = this.policy.trustDays(pending.account);
    if (days === null || !this.registry.primary(kind)) return undefined;
    return this.devices.trust(stores, emit, pending, { days, agent });
  }
}
