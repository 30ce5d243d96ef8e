import { Inject, Injectable } from '@nestjs/common';
import { DamagedFactor } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { Encryption } from '../contracts/ports/encryption.js';
import { SEALED_STORES, type SealedStore, type SealedValue } from '../contracts/stores/sealed.store.js';
import { Transactions } from '../outbox/transactions.js';

/**
 * The number of values in one query. Each is written by a statement of its own, so that no sign-in waits for a batch.
 */
const BATCH = 100;
/** The maximum number of passes over a store: another node may still seal with an old key during the run. */
const PASSES = 5;

/** The result of a key rotation. */
export interface KeyRotationResult {
  /** The id of the key that seals. */
  readonly key: string;
  /** The number of values that this run encrypted again. */
  readonly resealed: number;
  /** The number of values that could not be decrypted. They are unchanged. */
  readonly left: number;
}

type Pass = Pick<KeyRotationResult, 'resealed' | 'left'>;

/** `settled`: the value is already under the first key, or no longer exists. */
type RotationOutcome = 'resealed' | 'unopened' | 'settled';

/** Encrypts every value under the first key while people sign in. An interrupted run can be repeated. */
@Injectable()
export class KeyRotation {
  constructor(
    @Inject(SEALED_STORES) private readonly stores: readonly SealedStore[],
    private readonly box: Encryption,
    private readonly transactions: Transactions,
  ) {}

  /**
   * `progress` gets the number of values so far, after each batch. The event is emitted once, at the end of the run.
   */
  async run(
    actor: Actor,
    progress: (resealed: number) => void = () => undefined,
  ): Promise<KeyRotationResult> {
    const [{ id: key }] = this.box.keys;
    let [resealed, left] = [0, 0];
    for (const store of this.stores) {
      const through = await this.rotateStore(store, (some) => progress(resealed + some));
      resealed += through.resealed;
      left += through.left;
    }
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    await this.transactions.run({ accountId: null, origin }, async (_stores, emit) => {
      emit('two-factor.secrets.resealed', { key, count: resealed });
    });
    return { key, resealed, left };
  }

  private async rotateStore(store: SealedStore, progress: (resealed: number) => void): Promise<Pass> {
    let total = 0;
    for (let passes = 1; ; passes += 1) {
      const { resealed, left } = await this.rotateOnce(store, (some) => progress(total + some));
      total += resealed;
      if (resealed === 0 || passes === PASSES) return { resealed: total, left };
    }
  }

  private async rotateOnce(store: SealedStore, progress: (resealed: number) => void): Promise<Pass> {
    const [{ prefix }] = this.box.keys;
    let [resealed, left] = [0, 0];
    for (let after = ''; ;) {
      const values = await store.others([prefix], after, BATCH);
      const batch = await this.rotateBatch(store, values);
      resealed += batch.resealed;
      left += batch.left;
      if (values.length > 0) progress(resealed);
      if (values.length < BATCH) return { resealed, left };
      after = values.at(-1)?.id ?? '';
    }
  }

  private async rotateBatch(store: SealedStore, values: readonly SealedValue[]): Promise<Pass> {
    const outcomes: RotationOutcome[] = [];
    for (const value of values) outcomes.push(await this.rotateValue(store, value));
    const count = (wanted: RotationOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
    return { resealed: count('resealed'), left: count('unopened') };
  }

  /** A value that changed during the run is read again and never overwritten. */
  private async rotateValue(store: SealedStore, value: SealedValue): Promise<RotationOutcome> {
    const [{ prefix }] = this.box.keys;
    for (let seen: SealedValue | null = value; seen; seen = await store.find(value)) {
      if (seen.sealed.startsWith(prefix)) return 'settled';
      const sealed = this.sealAgain(store, seen);
      if (sealed === null) return 'unopened';
      if (await store.replace(seen, sealed)) return 'resealed';
    }
    return 'settled';
  }

  /**
   * Null when the value cannot be decrypted. It stays for a later repair, and the sign-in of its owner raises the
   * alarm.
   */
  private sealAgain({ purpose }: SealedStore, { id, accountId, sealed }: SealedValue): string | null {
    const label = { purpose, accountId, id };
    try {
      return this.box.seal(this.box.open(sealed, label), label);
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }
}
