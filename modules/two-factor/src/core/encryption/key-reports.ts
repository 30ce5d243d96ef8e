import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../common/origin.js';
import { Encryption, type EncryptionKey } from '../contracts/ports/encryption.js';
import { KeyRotation, type KeyRotationResult } from './key-rotation.js';
import { SEALED_STORES, type SealedStore } from '../contracts/stores/sealed.store.js';

/** The number of values in one query. */
const BATCH = 100;

/** The state of the keys, without the keys themselves. */
export interface KeyReport {
  /** The keys of the ring; the first one seals. */
  readonly keys: readonly {
    readonly id: string;
    readonly fingerprint: string;
    /** The number of values that it sealed, by the name of their store. */
    readonly sealed: Readonly<Record<string, number>>;
  }[];
  /** Keys that values name and that the ring lacks. The owners of these values cannot use them. */
  readonly missing: readonly {
    readonly id: string;
    readonly sealed: Readonly<Record<string, number>>;
  }[];
  /** The number of values that name no key: they are damaged. */
  readonly unreadable: number;
}

/** The number of values that a key sealed, by the name of their store. */
export type SealedCounts = KeyReport['keys'][number]['sealed'];

/** The identification of a key in sealed texts. */
type NamedKey = Pick<EncryptionKey, 'id' | 'prefix'>;

/** Reports about the encryption keys, for operators. */
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

  /** Encrypts every value of another key again under the first key. */
  reseal(actor: Actor, progress?: (resealed: number) => void): Promise<KeyRotationResult> {
    return this.keyRotation.run(actor, progress);
  }

  private async countByStore(prefix: string): Promise<SealedCounts> {
    const counts = this.stores.map(async (store) => [store.name, await store.count(prefix)] as const);
    return Object.fromEntries(await Promise.all(counts));
  }

  /**
   * Returns the keys that values name and that the ring lacks, and the number of values that name none. Reads each
   * value's key once.
   */
  async unknownKeys(): Promise<{ missing: NamedKey[]; unreadable: number }> {
    const missing = new Map<string, NamedKey>();
    let unreadable = 0;
    for (const store of this.stores) unreadable += await this.scan(store, missing);
    return { missing: [...missing.values()], unreadable };
  }

  /**
   * Adds the keys that the ring lacks. Values of a known prefix are not read again. Returns the number of values that
   * name no key.
   */
  private async scan(store: SealedStore, missing: Map<string, NamedKey>): Promise<number> {
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
