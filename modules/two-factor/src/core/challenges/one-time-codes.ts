import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Problem } from '../common/errors.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import { stampOf } from '../accounts/account-state.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Token } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** The lifetime of a code that staff hand out: ten minutes (NIST SP 800-63B-4 §4.2.1.2 allows as much for a telephone). */
const LIFETIME = 10 * 60_000;

/** A code before its token is stored. */
export interface IssuedOneTimeCode {
  /** For the person who asked for it; nothing stores it. */
  readonly code: string;
  /** The row that an answer is checked with: sealed, and void after any change of the account. */
  readonly token: Token;
}

/** Codes that staff hand out for one sign-in. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** A new code for the account, whose set of factors will have this version. It is not stored yet. */
  async issue(account: Account, version: number): Promise<IssuedOneTimeCode> {
    const kind = this.registry.handedOut();
    if (!kind) throw new Problem('NOT_FOUND', 'This site hands out no codes.');
    const { data, codes } = await kind.behaviour.issue(factorAccountOf(account));
    const createdAt = this.clock.now();
    const owner = { id: randomUUID(), accountId: account.id };
    const token: Token = {
      ...owner,
      purpose: 'one-time-code',
      key: '',
      subtype: kind.definition.kind,
      stamp: stampOf(account, { version }),
      sealed: this.secretStorage.sealToken(data, owner),
      misses: 0,
      createdAt,
      expiresAt: createdAt + LIFETIME,
    };
    return { code: codes.join(' '), token };
  }
}
