import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../common/origin.js';
import { type EncryptionKeyId, Encryption } from '../contracts/ports/encryption.js';
import { KeyRotation, type KeyRotationResult } from './key-rotation.js';
import { SEALED_STORES, type SealedStore } from '../contracts/stores/sealed.store.js';

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
export class KeyReports {
  constructor(
    @Inject(SEALED_STORES) private readonly stores: readonly SealedStore[],
    private readonly box: Encryption,
    private readonly keyRotation: KeyRotation,
  ) {}

  async report(): Promise<KeyReport> {
    const { missing, unreadable } = await this.unknownKeys();
    return {
      keys: await Promise.all(
        this.box.keys.map(async ({ id, fingerprint, prefix }) => {
          return { id, fingerprint, sealed: await this.countByStore(prefix) };
        }),
      ),
      missing: await Promise.all(
        missing.map(async ({ id, prefix }) => ({ id, sealed: await this.countByStore(prefix) })),
      ),
      unreadable,
    };
  }

  /** Seals every value under the first key that another key sealed. */
  reseal(actor: Actor, progress?: (resealed: number) => void): Promise<KeyRotationResult> {
    return this.keyRotation.run(actor, progress);
  }

  private async countByStore(prefix: string): Promise<SealedCounts> {
    const counts = this.stores.map(async (store) => [store.name, await store.count(prefix)] as const);
    return Object.fromEntries(await Promise.all(counts));
  }

  /** The keys that values name and the ring has not, and how many values name none. Reads each value's key once. */
  async unknownKeys(): Promise<{ missing: EncryptionKeyId[]; unreadable: number }> {
    const missing = new Map<string, EncryptionKeyId>();
    let unreadable = 0;
    for (const store of this.stores) unreadable += await this.scan(store, missing);
    return { missing: [...missing.values()], unreadable };
  }

  /** Adds the keys that the ring has not; what a key is known of is not read again. Answers how many name none. */
  private async scan(store: SealedStore, missing: Map<string, EncryptionKeyId>): Promise<number> {
    let unreadable = 0;
    for (let after = ''; ;) {
      const known = [...this.box.keys, ...missing.values()].map(({ prefix }) => prefix);
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
