import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../common/origin.js';
import { type KeyName, SecretBox } from '../contracts/ports/secret-box.js';
import { Resealing, type Resealed } from './resealing.js';
import { SEALED, type SealedStore } from '../contracts/stores/sealed.store.js';

/** How many values are looked at together. */
const BATCH = 100;

/** How many values of each sort a key sealed, by the sort's name. */
export type SealedCounts = Readonly<Record<string, number>>;

/** How the keys stand; nothing of what they are made of. */
export interface KeyReport {
  /** The keys of the ring; the first seals. */
  readonly keys: readonly {
    readonly id: string;
    readonly fingerprint: string;
    readonly sealed: SealedCounts;
  }[];
  /** Keys that values name and the ring has not: nobody whose values these are can use them. */
  readonly missing: readonly { readonly id: string; readonly sealed: SealedCounts }[];
  /** How many values name no key at all: they are damaged. */
  readonly unreadable: number;
}

/** The keys that seal, as operators look after them. */
@Injectable()
export class Keys {
  constructor(
    @Inject(SEALED) private readonly stores: readonly SealedStore[],
    private readonly box: SecretBox,
    private readonly resealing: Resealing,
  ) {}

  async report(): Promise<KeyReport> {
    const { missing, unreadable } = await this.strangers();
    return {
      keys: await Promise.all(
        this.box.keys.map(async ({ id, fingerprint, front }) => {
          return { id, fingerprint, sealed: await this.counts(front) };
        }),
      ),
      missing: await Promise.all(
        missing.map(async ({ id, front }) => ({ id, sealed: await this.counts(front) })),
      ),
      unreadable,
    };
  }

  /** Seals every value under the first key that another key sealed. */
  reseal(actor: Actor, progress?: (resealed: number) => void): Promise<Resealed> {
    return this.resealing.run(actor, progress);
  }

  private async counts(front: string): Promise<SealedCounts> {
    const counts = this.stores.map(async (store) => [store.name, await store.count(front)] as const);
    return Object.fromEntries(await Promise.all(counts));
  }

  /** The keys that values name and the ring has not, and how many values name none. Reads each value's key once. */
  async strangers(): Promise<{ missing: KeyName[]; unreadable: number }> {
    const missing = new Map<string, KeyName>();
    let unreadable = 0;
    for (const store of this.stores) unreadable += await this.seek(store, missing);
    return { missing: [...missing.values()], unreadable };
  }

  /** Adds the keys that the ring has not; what a key is known of is not read again. Answers how many name none. */
  private async seek(store: SealedStore, missing: Map<string, KeyName>): Promise<number> {
    let unreadable = 0;
    for (let after = ''; ;) {
      const known = [...this.box.keys, ...missing.values()].map(({ front }) => front);
      const values = await store.others(known, after, BATCH);
      for (const { sealed } of values) {
        const key = this.box.keyOf(sealed);
        if (key) missing.set(key.id, key);
        else unreadable += 1;
      }
      after = values.at(-1)?.id ?? '';
      if (values.length < BATCH) return unreadable;
    }
  }
}
