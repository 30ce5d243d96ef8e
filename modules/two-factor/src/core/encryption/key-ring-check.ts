import { Inject, Injectable } from '@nestjs/common';
import { DamagedFactor, MissingKey, WrongKey } from '../common/errors.js';
import { KeyReports, type KeyReport, type SealedCounts } from './key-reports.js';
import { Encryption } from '../contracts/ports/encryption.js';
import { SEALED_STORES, type SealedStore, type SealedValue } from '../contracts/stores/sealed.store.js';

/** The number of values of each store that a start decrypts. Their ids are random, so the first ones are a sample. */
const SAMPLE = 100;
/** A key is reported as wrong only after this many values, because one value may be damaged. */
const FEWEST = 2;

/** The ring must decrypt one of this many values; otherwise it is another ring. */
const ONE_IN = 10;

/** The results of a key's values in the sample. */
interface Tally {
  readonly tried: number;
  readonly opened: number;
}

/** Checks at the start whether the key ring fits the stored values. */
@Injectable()
export class KeyRingCheck {
  constructor(
    @Inject(SEALED_STORES) private readonly stores: readonly SealedStore[],
    private readonly box: Encryption,
    private readonly keys: KeyReports,
  ) {}

  /**
   * Returns one sentence for the operator for each fault; none where the ring fits. Some values that cannot be
   * decrypted do not stop the start: only their owners are refused.
   * @throws MissingKey, WrongKey when fewer than one value in ten can be decrypted: then it is another ring.
   */
  async findFaults(): Promise<readonly string[]> {
    const { missing, unreadable } = await this.keys.unknownKeys();
    const wrong = await this.wrong();
    if (missing.length + unreadable + wrong.length === 0) return [];
    const report = await this.keys.report();
    this.refuseAnotherRing(report, wrong);
    return [
      ...report.missing.map(({ id, sealed }) => absent(id, sealed)),
      ...report.keys.filter(({ id }) => wrong.includes(id)).map(({ id, sealed }) => changed(id, sealed)),
      ...(report.unreadable > 0 ? [damaged(report.unreadable)] : []),
    ];
  }

  private refuseAnotherRing({ keys, missing }: KeyReport, wrong: readonly string[]): void {
    const useless = keys.filter(({ id }) => wrong.includes(id));
    const [absent, unfit] = [totalOf(missing), totalOf(useless)];
    const opened = totalOf(keys) - unfit;
    if (opened * ONE_IN >= opened + unfit + absent) return;
    throw absent >= unfit ? new MissingKey(missing.map(({ id }) => id)) : new WrongKey(wrong);
  }

  /** Returns the keys of the ring that decrypt none of the values that name them: another key has the same id. */
  private async wrong(): Promise<string[]> {
    const tallies = new Map<string, Tally>();
    for (const store of this.stores) {
      for (const value of await store.others([], '', SAMPLE)) this.tally(store, value, tallies);
    }
    const ids = this.box.keys.map(({ id }) => id);
    return ids.filter((id) => isWrong(tallies.get(id)));
  }

  private tally(store: SealedStore, value: SealedValue, tallies: Map<string, Tally>): void {
    const key = this.box.keyOf(value.sealed);
    if (!key) return;
    const { tried, opened } = tallies.get(key.id) ?? { tried: 0, opened: 0 };
    tallies.set(key.id, { tried: tried + 1, opened: opened + (this.opens(store, value) ? 1 : 0) });
  }

  private opens({ purpose }: SealedStore, { id, accountId, sealed }: SealedValue): boolean {
    try {
      this.box.open(sealed, { purpose, accountId, id });
      return true;
    } catch (error) {
      if (error instanceof DamagedFactor) return false;
      throw error;
    }
  }
}

function isWrong(tally: Tally | undefined): boolean {
  return tally !== undefined && tally.tried >= FEWEST && tally.opened === 0;
}

function totalOf(keys: readonly { readonly sealed: SealedCounts }[]): number {
  return keys.flatMap(({ sealed }) => Object.values(sealed)).reduce((sum, count) => sum + count, 0);
}

function absent(id: string, sealed: SealedCounts): string {
  return `The key ring has no key "${id}", which sealed ${words(sealed)}. Those are refused: put the key back, behind the others. If it is lost, reset their owners.`;
}

function changed(id: string, sealed: SealedCounts): string {
  return `The key "${id}" of the key ring opens nothing that names it: ${words(sealed)}. Those are refused: put the key in its place that sealed them. If it is lost, reset their owners.`;
}

function damaged(count: number): string {
  return `${count} sealed values name no key: they are damaged. Those are refused: restore them, or reset their owners.`;
}

function words(sealed: SealedCounts): string {
  return Object.entries(sealed)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
