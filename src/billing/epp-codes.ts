import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config.js';
import { errorMessage } from '../error-facts.js';
import { PortalProblem } from '../portal/problems/problem.js';
import { DamagedValueError, type KeyRing, parseKeyRing } from 'typeorm-unit-of-work/encryption';
import { isRowId } from '../database/row-id.js';
import { ServiceRow } from './services/service.entity.js';

/** The purpose that EPP codes are encrypted for. */
export const eppPurpose = 'epp-code';

/** The service and its account. */
type Owned = Pick<ServiceRow, 'id' | 'accountId'>;

/**
 * EPP codes: they move a domain to another registrar (RFC 5731 §3.2.4, authorisation information). They are secrets, so they
 * are stored sealed and bound to account and domain. A copy of the database therefore moves no domain, and a swapped row cannot
 * be opened.
 */
@Injectable()
export class EppCodes {
  private readonly logger = new Logger('Billing');
  private readonly ring: KeyRing;

  constructor(
    private readonly database: DataSource,
    config: Config,
  ) {
    this.ring = parseKeyRing(config.twoFactorKeys);
  }

  /** The sealed form for the database. */
  sealed(code: string, owned: Owned): string {
    return this.ring.encrypt(code, labelOf(owned));
  }

  /**
   * The code of this account's domain, in clear text; null when there is none.
   * @throws PortalProblem UNAVAILABLE when the stored value cannot be opened: it was edited, or its key is gone.
   */
  async open(accountId: string, id: string): Promise<string | null> {
    if (!isRowId(id)) return null;
    const select = { id: true, accountId: true, eppSealed: true } as const;
    const row = await this.database.manager.findOne(ServiceRow, { select, where: { id, accountId } });
    return row?.eppSealed ? this.opened(row.eppSealed, row) : null;
  }

  private opened(sealed: string, owned: Owned): string {
    try {
      return this.ring.decrypt(sealed, labelOf(owned));
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      this.logger.error(`The EPP code of service ${owned.id} does not open: ${errorMessage(error)}`);
      throw new PortalProblem('UNAVAILABLE', 'This EPP code cannot be read. Please contact us.');
    }
  }
}

function labelOf({ id, accountId }: Owned) {
  return { purpose: eppPurpose, ownerId: accountId, id };
}
