import type { Statements } from 'typeorm-unit-of-work';
import { EncryptedColumn, type ColumnLocation, type EncryptedValue } from 'typeorm-unit-of-work/encryption';
import { SealedStore, type SealedValue } from '../../core/contracts/stores/sealed.store.js';

/** The place of encrypted values: a table with the columns `id` and `account_id`, and one that is encrypted or null. */
export interface SealedColumn extends Omit<ColumnLocation, 'owner'> {
  /** The name of the values in reports. */
  readonly name: string;
  /** The purpose they are encrypted for. */
  readonly purpose: string;
}

/** Encrypted values in a table of the module's or the host's, which `typeorm-unit-of-work` finds and replaces. */
export class SealedTable extends SealedStore {
  readonly name: string;
  readonly purpose: string;
  private readonly column: EncryptedColumn;

  constructor(statements: Statements, { name, purpose, ...location }: SealedColumn) {
    super();
    this.name = name;
    this.purpose = purpose;
    this.column = new EncryptedColumn(statements, { ...location, owner: 'account_id' });
  }

  count(prefix: string): Promise<number> {
    return this.column.count(prefix);
  }

  async others(fronts: readonly string[], after: string, limit: number): Promise<readonly SealedValue[]> {
    return (await this.column.findOthers(fronts, after, limit)).map(sealedValue);
  }

  async find({ id, accountId }: Pick<SealedValue, 'id' | 'accountId'>): Promise<SealedValue | null> {
    const found = await this.column.find({ id, ownerId: accountId });
    return found && sealedValue(found);
  }

  replace({ id, accountId, sealed }: SealedValue, replacement: string): Promise<boolean> {
    return this.column.replace({ id, ownerId: accountId, encrypted: sealed }, replacement);
  }
}

function sealedValue({ id, ownerId, encrypted }: EncryptedValue): SealedValue {
  return { id, accountId: ownerId, sealed: encrypted };
}
