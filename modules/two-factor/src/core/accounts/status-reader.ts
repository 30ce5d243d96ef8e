import { Injectable } from '@nestjs/common';
import { Brake } from '../brake/brake.js';
import { DamagedFactor } from '../common/errors.js';
import { FactorRegistry } from './factor-registry.js';
import { AccountStateReader, type AccountState } from './account-state.js';
import { AccountWaits } from '../rate-limits/account-waits.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** The two-factor status of an account, without secrets. Times are UTC ms. */
export interface TwoFactorStatus {
  readonly enabled: boolean;
  /** A reset by staff took all factors: the next sign-in must set one up, whatever the policy requires. */
  readonly mustEnroll: boolean;
  /** Until when a code that staff handed out signs in once (UTC ms); null: none is open. */
  readonly oneTimeCodeUntil: number | null;
  /** The stored data is inconsistent; sign-ins are refused until the account is reset. */
  readonly damaged: boolean;
  readonly factors: readonly (Pick<StoredFactor, 'id' | 'kind' | 'label' | 'createdAt' | 'lastUsedAt'> & {
    /**
     * `phishing-resistant`: bound to this site, e.g. a passkey. `one-time`: made by the owner's own device, e.g. an
     * authenticator app. `sent`: travels by mail or SMS.
     */
    readonly strength: 'phishing-resistant' | 'one-time' | 'sent';
  })[];
  /** The number of unused codes for each recovery kind, by its JSON member, e.g. `backupCodesLeft`. */
  readonly left: Readonly<Record<string, number>>;
  /**
   * The recovery sets, e.g. backup codes: the number left, and the size of the set. A set that cannot be decrypted is
   * left out.
   */
  readonly recoveries: readonly {
    readonly kind: string;
    readonly left: number;
    readonly of: number;
    readonly createdAt: number;
  }[];
  /**
   * The wrong codes in a row (`failed`) and their consequences. No code is checked before `until` (null: no wait, or a
   * full stop). `stopped`: short codes are not checked until a recovery code, a passkey or `unlock` ends it.
   */
  readonly wait: { readonly failed: number; readonly until: number | null; readonly stopped: boolean };
  /**
   * When the owner pressed "This wasn't me", and about which event; null while the account is not locked down. Factors and e-mail address cannot
   * be changed while it is.
   */
  readonly lockDown: { readonly at: number; readonly event: string } | null;
  /** The wait of dangerous actions after a change that a thief could have made; null: none. */
  readonly brake: {
    /** The latest cause: `lock-down` where the owner said that it was not them. */
    readonly cause: 'reset' | 'recovery' | 're-enrollment' | 'email-change' | 'lock-down';
    readonly startedAt: number;
    /** Dangerous actions are refused before this moment. */
    readonly until: number;
  } | null;
  /** After a lock-down, factors cannot be changed until the password was set anew. */
  readonly frozen: boolean;
}

type RecoverySet = TwoFactorStatus['recoveries'][number] & { readonly field: string };

/** Reads the status of an account. */
@Injectable()
export class StatusReader {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly waits: AccountWaits,
    private readonly brake: Brake,
  ) {}

  /** Does not throw for damaged data, because the status reports it. */
  async read(accountId: string): Promise<TwoFactorStatus> {
    const accountState = await this.accountStateReader.load(accountId);
    const { enabled, mustEnroll, damaged, factors } = accountState;
    const primaries = factors.filter(({ kind }) => this.registry.primary(kind));
    const sets = factors.flatMap((stored) => this.recoverySet(stored));
    const { left, recoveries } = told(sets.filter((set) => set !== null));
    return {
      ...(await this.brake.read(accountId)),
      enabled,
      mustEnroll,
      oneTimeCodeUntil: await this.oneTimeCodeUntil(accountId, accountState),
      damaged: damaged || sets.includes(null),
      factors: primaries.map((stored) => ({ ...plain(stored), strength: this.strengthOf(stored) })),
      left,
      recoveries,
      wait: await this.waits.read(accountId),
      lockDown: await this.accountStateReader.lockDown(accountId),
    };
  }

  /** Whether a person who reads this medium, e.g. `mail` or `phone`, gets the account's second factor. */
  async reachedBy(medium: string, accountId: string): Promise<boolean> {
    return this.registry.reachedBy(medium, (await this.accountStateReader.load(accountId)).factors);
  }

  /** The account is read only where staff reset it lately: a change of it voids the code. */
  private async oneTimeCodeUntil(accountId: string, accountState: AccountState): Promise<number | null> {
    if (accountState.set.reset !== 'one-time-code') return null;
    const account = await this.accountStateReader.account(accountId);
    if (!account) return null;
    const { oneTimeCode } = await this.accountStateReader.withOneTimeCode(account, accountState);
    return oneTimeCode?.expiresAt ?? null;
  }

  private strengthOf({ kind }: StoredFactor): TwoFactorStatus['factors'][number]['strength'] {
    const behaviour = this.registry.primary(kind)?.behaviour;
    if (behaviour?.phishingResistant) return 'phishing-resistant';
    return behaviour?.delivery ? 'sent' : 'one-time';
  }

  /** Empty for other kinds; contains null for a set that cannot be decrypted. */
  private recoverySet(stored: StoredFactor): (RecoverySet | null)[] {
    const { kind, createdAt } = stored;
    const behaviour = this.registry.recovery(kind)?.behaviour;
    if (!behaviour) return [];
    try {
      return [
        {
          ...behaviour.left(this.secretStorage.openFactor(stored).data),
          kind,
          createdAt,
          field: behaviour.leftField,
        },
      ];
    } catch (error) {
      if (error instanceof DamagedFactor) return [null];
      throw error;
    }
  }
}

function told(sets: readonly RecoverySet[]): Pick<TwoFactorStatus, 'left' | 'recoveries'> {
  return {
    left: Object.fromEntries(sets.map(({ field, left }) => [field, left])),
    recoveries: sets.map(({ kind, left, of, createdAt }) => ({ kind, left, of, createdAt })),
  };
}

function plain({ id, kind, label, createdAt, lastUsedAt }: StoredFactor) {
  return { id, kind, label, createdAt, lastUsedAt };
}
