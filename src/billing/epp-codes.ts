import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config.js';
import { errorMessage } from '../error-facts.js';
import { PortalProblem } from '../portal/problems/problem.js';
import { DamagedValueError, type KeyRing, parseKeyRing } from 'typeorm-unit-of-work/encryption';
import { isRowId } from '../database/row-id.js';
import { ServiceRow } from './service.entity.js';

/** The purpose that EPP codes are encrypted for. */
export const eppPurpose = 'epp-code';

/** Whose code it is. */
type Owned = Pick<ServiceRow, 'id' | 'accountId'>;

/**
 * The codes that move a domain to another registrar (RFC 5731 §3.2.4, authorisation information). Secrets: at rest they are sealed,
 * bound to account and domain, so that a copy of the database moves no domain and a row swapped with another's opens nothing.
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

  /** As it is kept. */
  sealed(code: string, owned: Owned): string {
    return this.ring.encrypt(code, labelOf(owned));
  }

  /**
   * The code of this account's domain, in clear; null where there is none.
   * @throws PortalProblem UNAVAILABLE when what is kept does not open: edited, or of a key that is gone.
   */
  async of(accountId: string, id: string): Promise<string | null> {
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
