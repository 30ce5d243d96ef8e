import { Injectable } from '@nestjs/common';
import { AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { Account } from '../common/account.js';
import { DamagedFactor } from '../common/errors.js';
import { Clock } from '../contracts/ports/clock.js';
import type { CheckUp } from '../contracts/stores/desk/check-up.store.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { SecretStorage } from '../encryption/secret-storage.js';

const DAY = 24 * 3_600_000;

/** After its set-up a factor that was never used is asked for after this time. */
const FIRST = 28 * DAY;

/** After this time without use or check a factor is asked for again. */
const NEXT = 365 * DAY;

/** What is known about one factor. Times are UTC ms. */
export interface FactorCheckUp {
  readonly factorId: string;
  readonly kind: string;
  readonly label: string;
  /** `unchecked`: not used and not checked for too long. `failed`: its last check failed. `spent`: no code is left. */
  readonly state: 'works' | 'unchecked' | 'failed' | 'spent';
  /** The last proof, at a sign-in, a step-up or a check; null: none since the set-up. */
  readonly provedAt: number | null;
  /** Whether the owner is asked now: it is unchecked or failed, and they did not say "later". */
  readonly isAsked: boolean;
}

/** The states in which the owner is asked. */
const ASKED: readonly FactorCheckUp['state'][] = ['unchecked', 'failed'];

/** What is known about the factors of an account. */
export interface CheckUpStatus {
  readonly factors: readonly FactorCheckUp[];
  /** No factor of a protected account is known to work: its owner would be locked out today. */
  readonly lockedOut: boolean;
}

/** Reads what is known about whether factors still work. */
@Injectable()
export class CheckUpReader {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** The status of an account, for staff and for the host's pages. An account that does not exist has no factors. */
  async read({ accountId }: { accountId: string }): Promise<CheckUpStatus> {
    const account = await this.accountStateReader.account(accountId);
    if (!account) return { factors: [], lockedOut: false };
    return this.of(account, await this.accountStateReader.load(accountId));
  }

  /** The same where the state was read already. */
  async of(account: Account, { factors, enabled, damaged }: AccountState): Promise<CheckUpStatus> {
    if (!enabled || damaged) return { factors: [], lockedOut: false };
    const results = await this.stores.checkUps.list(account.id);
    const usable = [...this.registry.usable(account, factors)].sort(
      (a, b) => Number(this.isRecovery(a)) - Number(this.isRecovery(b)),
    );
    const read = usable.map((stored) =>
      this.checkUp(
        stored,
        results.find(({ factorId }) => factorId === stored.id),
      ),
    );
    return { factors: read, lockedOut: !read.some(({ state }) => state === 'works') };
  }

  private checkUp(stored: StoredFactor, result: CheckUp | undefined): FactorCheckUp {
    const { id: factorId, kind, label } = stored;
    const { passedAt = null, failedAt = null, laterAt = null } = result ?? {};
    const provedAt = latest(stored.lastUsedAt, passedAt);
    const state = this.stateOf(stored, provedAt, failedAt);
    const isAsked = ASKED.includes(state) && !this.isLater(laterAt) && !this.isSent(kind);
    return { factorId, kind, label, state, provedAt, isAsked };
  }

  private isRecovery({ kind }: StoredFactor): boolean {
    return this.registry.recovery(kind) !== undefined;
  }

  private isLater(laterAt: number | null): boolean {
    return laterAt !== null && laterAt > this.clock.now();
  }

  private stateOf(
    stored: StoredFactor,
    provedAt: number | null,
    failedAt: number | null,
  ): FactorCheckUp['state'] {
    if (this.isSpent(stored)) return 'spent';
    if (failedAt !== null && failedAt > (provedAt ?? 0)) return 'failed';
    const due = provedAt === null ? stored.createdAt + FIRST : provedAt + NEXT;
    return due <= this.clock.now() ? 'unchecked' : 'works';
  }

  /** A recovery set without codes. A set that cannot be opened works for nobody either. */
  private isSpent(stored: StoredFactor): boolean {
    const behaviour = this.registry.recovery(stored.kind)?.behaviour;
    if (!behaviour) return false;
    try {
      return behaviour.left(this.secretStorage.openFactor(stored).data).left === 0;
    } catch (error) {
      if (error instanceof DamagedFactor) return true;
      throw error;
    }
  }

  /** A code that is sent proves the mailbox or the phone, which the owner uses anyway. */
  private isSent(kind: string): boolean {
    return this.registry.primary(kind)?.behaviour.delivery !== undefined;
  }
}

function latest(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? 0);
}
