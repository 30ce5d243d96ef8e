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

/** The part of a verification's transaction that concerns the pending login. */
@Injectable()
export class Settlement {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stepUpTokens: StepUpTokens,
    private readonly devices: TrustedDevices,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** Consumes the pending login; false when it no longer exists. */
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

  /** Trusts the browser where that is offered. A recovery factor trusts none, because something was lost. */
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
