import { Injectable } from '@nestjs/common';
import { eventId, stableEventId } from '../common/event-id.js';
import type { Problem } from '../common/errors.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { BrakeRecord } from '../contracts/stores/brake.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { BrakePolicy } from './brake-policy.js';
import { coolingDown, frozen, runningBrake, type BrakeCause, type BrakeStatus } from './brake-status.js';

/** The event sorts behind those of the change that it belongs to. */
const LAST = 0xfff;

/**
 * A set-up at most this long after a recovery factor was accepted counts as done by it. A step-up and a set-up together take at
 * most half of it.
 */
const BY_RECOVERY = 60 * 60_000;

/**
 * The hijack brake: after a change that a thief could have made, dangerous actions wait some days, so that the owner can read the
 * mail about it and stop them. Methods with `stores` are part of the caller's transaction where they get its stores.
 */
@Injectable()
export class Brake {
  constructor(
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly policy: BrakePolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the brake, or extends it; it never shortens one. The owner gets a mail. Nothing happens where the policy has no brake.
   */
  async start(stores: Stores, emit: Emit, accountId: string, cause: BrakeCause): Promise<void> {
    const at = this.clock.now();
    await this.store(stores, emit, accountId, { cause, at, id: eventId(at, LAST) });
  }

  /**
   * Starts it in a transaction of its own, for a change that the host made at `at` (UTC ms) and reports later, perhaps more than
   * once. The same cause and time count once.
   */
  async startPast(accountId: string, cause: BrakeCause, at: number, origin: Origin): Promise<void> {
    const id = stableEventId(JSON.stringify(['brake', accountId, cause, at]));
    await this.transactions.run({ accountId, origin }, (stores, emit) =>
      this.store(stores, emit, accountId, { cause, at, id }),
    );
  }

  /** The running brake; null where none runs, or the policy has none. */
  async status(accountId: string, stores: Stores = this.stores): Promise<BrakeStatus | null> {
    return this.policy.isOn ? this.running(await stores.brakes.read(accountId)) : null;
  }

  /**
   * Refuses a dangerous action during the brake, and while the account is frozen.
   * @throws Problem COOLING_DOWN with `until` (UTC ISO text; null where frozen) and `reason`: `brake` or `frozen`.
   */
  async requireReleased(accountId: string, stores: Stores = this.stores): Promise<void> {
    const refusal = this.refusalOf(await stores.brakes.read(accountId));
    if (refusal) throw refusal;
  }

  /**
   * The same for an action that a person asks for. The owner gets a mail, at most one a day for each action.
   * @throws Problem COOLING_DOWN as above, with `act`.
   */
  async ask(accountId: string, act: string, origin: Origin): Promise<void> {
    const record = await this.stores.brakes.read(accountId);
    const refusal = this.refusalOf(record, act);
    if (!refusal) return;
    const until = record && record.frozenAt === 0 ? record.until : null;
    const { limit, length } = twoFactorLimits['brake-notices'];
    await this.transactions.run({ accountId, origin }, async ({ attempts }, emit) => {
      if (await attempts.consumeWindow(noticeKey(accountId, act), limit, length, this.clock.now()))
        emit('two-factor.brake.refused', { act, until }, { notice: 'brake-refused' });
    });
    throw refusal;
  }

  /** Refuses the owner's changes of factors from now on, until the password was set anew. Emits nothing. */
  freeze({ brakes }: Stores, accountId: string): Promise<void> {
    return brakes.freeze(accountId, this.clock.now());
  }

  /** Ends a freeze that began no later than `at` (UTC ms; without it: any): the password was set anew. */
  thaw({ brakes }: Stores, accountId: string, at?: number): Promise<void> {
    return brakes.thaw(accountId, at);
  }

  /** Whether the account is frozen. */
  async isFrozen(accountId: string, stores: Stores = this.stores): Promise<boolean> {
    return isFrozen(await stores.brakes.read(accountId));
  }

  /** Both, for the status of an account. */
  async read(accountId: string): Promise<{ readonly brake: BrakeStatus | null; readonly frozen: boolean }> {
    const record = await this.stores.brakes.read(accountId);
    return { brake: this.running(record), frozen: isFrozen(record) };
  }

  /**
   * Refuses a change while the account is frozen, during a brake or not.
   * @throws Problem COOLING_DOWN with `reason: 'frozen'`.
   */
  async requireUnfrozen(accountId: string, stores: Stores = this.stores): Promise<void> {
    if (await this.isFrozen(accountId, stores)) throw frozen();
  }

  /**
   * Refuses a set-up that removes a factor, like a removal. One exception: a person who has just proved a recovery factor replaces
   * what they lost, unless this brake began with such a set-up. Else a thief with a sheet of codes could replace one factor after
   * the other.
   * @throws Problem COOLING_DOWN
   */
  async requireReplaceable(accountId: string, stores: Stores = this.stores): Promise<void> {
    const record = await stores.brakes.read(accountId);
    const refusal = this.refusalOf(record, 'factor.replace');
    if (!refusal) return;
    const isFirst = record?.cause !== ('re-enrollment' satisfies BrakeCause);
    if (isFrozen(record) || !isFirst || !this.isByRecovery(record)) throw refusal;
  }

  /** Starts the brake where a recovery factor was accepted shortly before: the set-up that just happened depends on it. */
  async afterEnrollment(stores: Stores, emit: Emit, accountId: string): Promise<void> {
    if (this.policy.isOn && this.isByRecovery(await stores.brakes.read(accountId)))
      await this.start(stores, emit, accountId, 're-enrollment');
  }

  /** Notes that a recovery factor was accepted. */
  async noteRecovery({ brakes }: Stores, accountId: string): Promise<void> {
    if (this.policy.isOn) await brakes.noteRecovery(accountId, this.clock.now());
  }

  private isByRecovery(record: BrakeRecord | null): boolean {
    return record !== null && record.recoveryUsedAt > this.clock.now() - BY_RECOVERY;
  }

  private running(record: BrakeRecord | null): BrakeStatus | null {
    return this.policy.isOn ? runningBrake(record, this.clock.now()) : null;
  }

  private refusalOf(record: BrakeRecord | null, act?: string): Problem | null {
    if (isFrozen(record)) return frozen(act);
    const running = this.running(record);
    return running && coolingDown(running.until, act);
  }

  private async store(
    stores: Stores,
    emit: Emit,
    accountId: string,
    { cause, at, id }: Cause,
  ): Promise<void> {
    if (!this.policy.isOn) return;
    const start = { cause, eventId: id, startedAt: at, until: this.policy.endOf(at) };
    if (!(await stores.brakes.start(accountId, start))) return;
    const running = this.running(await stores.brakes.read(accountId));
    // A change that is reported when its wait has passed already stops nothing.
    if (running)
      emit('two-factor.brake.started', { cause, until: running.until }, { id, notice: 'brake-started' });
  }
}

/** A cause, its time (UTC ms) and the id of its event. */
interface Cause {
  readonly cause: BrakeCause;
  readonly at: number;
  readonly id: string;
}

/** No name of an action contains a colon. */
function noticeKey(accountId: string, act: string): string {
  return `brake:${accountId}:${act}`;
}

function isFrozen(record: BrakeRecord | null): boolean {
  return record !== null && record.frozenAt > 0;
}
