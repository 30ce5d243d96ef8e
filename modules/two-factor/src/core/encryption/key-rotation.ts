import { Inject, Injectable } from '@nestjs/common';
import { DamagedFactor } from '../common/errors.js';
import type { Actor } from '../common/origin.js';
import { Encryption } from '../contracts/ports/encryption.js';
import { SEALED_STORES, type SealedStore, type SealedValue } from '../contracts/stores/sealed.store.js';
import { Transactions } from '../outbox/transactions.js';

/** How many values are read together. Each is sealed by a statement of its own: nobody who signs in waits for a batch. */
const BATCH = 100;
/** How often a sort is gone through: a node whose ring still begins with an old key seals under it meanwhile. */
const PASSES = 5;

/** What came of a run. */
export interface KeyRotationResult {
  /** The id of the key that seals. */
  readonly key: string;
  /** How many values this run sealed under it. */
  readonly resealed: number;
  /** How many could not be opened, and are as they were. */
  readonly left: number;
}

type Pass = Pick<KeyRotationResult, 'resealed' | 'left'>;

/** `settled`: it is under the first key already, or no more. */
type RotationOutcome = 'resealed' | 'unopened' | 'settled';

/** Brings every sealed value under the first key, while people sign in. Whatever stops it, it can be done again. */
@Injectable()
export class KeyRotation {
  constructor(
    @Inject(SEALED_STORES) private readonly stores: readonly SealedStore[],
    private readonly box: Encryption,
    private readonly transactions: Transactions,
  ) {}

  /** `progress` hears how many values there were so far, after each batch. Told once a run is through. */
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

  /** A value that was changed meanwhile is read again, never written over. */
  private async rotateValue(store: SealedStore, value: SealedValue): Promise<RotationOutcome> {
    const [{ prefix }] = this.box.keys;
    for (let seen: SealedValue | null = value; seen; seen = await store.find(value)) {
      if (seen.sealed.startsWith(prefix)) return 'settled';
      const sealed = this.reseal2(store, seen);
      if (sealed === null) return 'unopened';
      if (await store.replace(seen, sealed)) return 'resealed';
    }
    return 'settled';
  }

  /** Null: it does not open. It stays for whoever mends it, and its owner's sign-in raises the alarm. */
  private reseal2({ purpose }: SealedStore, { id, accountId, sealed }: SealedValue): string | null {
    const label = { purpose, accountId, id };
    try {
      return this.box.seal(this.box.open(sealed, label), label);
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }
}
