import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import type { Origin } from '../common/origin.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import { Transactions } from '../outbox/transactions.js';

/** Renames a factor. The protection of the account does not change. */
@Injectable()
export class FactorRenaming {
  constructor(private readonly transactions: Transactions) {}

  /** @throws Problem NOT_FOUND when the account has no such factor. */
  async rename(
    accountId: string,
    factor: Pick<StoredFactor, 'id' | 'kind'> | undefined,
    label: string,
    origin: Origin,
  ) {
    if (!factor) throw gone();
    const { id, kind } = factor;
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      if (!(await stores.factors.rename(id, accountId, label))) throw gone();
      emit('two-factor.factor.renamed', { kind, factorId: id, label });
    });
    return { id, kind, label };
  }
}

function gone(): Problem {
  return new Problem('NOT_FOUND', 'This factor is not there any more.');
}
