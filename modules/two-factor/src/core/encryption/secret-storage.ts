import { Injectable } from '@nestjs/common';
import { DamagedFactor } from '../common/errors.js';
import type { FactorData, FactorRecord } from '../contracts/factor.js';
import { Encryption, type EncryptionContext } from '../contracts/ports/encryption.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { Token } from '../contracts/stores/token.store.js';

type Owned = Pick<StoredFactor, 'id' | 'accountId'>;

/** Encrypts and decrypts the data of factors and tokens. The data is JSON and is bound to purpose, account and row. */
@Injectable()
export class SecretStorage {
  constructor(private readonly box: Encryption) {}

  sealFactor(data: FactorData, owner: Owned): string {
    return this.box.seal(JSON.stringify(data), label('factor', owner));
  }

  /** @throws DamagedFactor */
  openFactor(stored: StoredFactor): FactorRecord {
    const { id, kind, label: name, createdAt, lastUsedAt } = stored;
    const data = parsed(this.box.open(stored.sealed, label('factor', stored)));
    return { id, kind, label: name, data, createdAt, lastUsedAt };
  }

  /** Encrypts the data of a token, e.g. a draft's secret or a device's browser. */
  sealToken(data: FactorData, owner: Owned): string {
    return this.box.seal(JSON.stringify(data), label('draft', owner));
  }

  /** @throws DamagedFactor */
  openToken(token: Pick<Token, 'id' | 'accountId' | 'sealed'>): FactorData {
    return parsed(this.box.open(token.sealed ?? '', label('draft', token)));
  }
}

function label(purpose: string, { accountId, id }: Owned): EncryptionContext {
  return { purpose, accountId, id };
}

function parsed(text: string): FactorData {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new DamagedFactor('The opened data is not JSON.', { cause });
  }
  throw new DamagedFactor('The opened data is not an object.');
}
