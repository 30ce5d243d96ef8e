import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Statements } from '../two-factor/database.js';
import { SealedTable } from '../two-factor/key-ring.js';

/** The purpose of the key that seals EPP codes. */
export const eppPurpose = 'epp-code';

/** The storage of sealed EPP codes, for key rotation. */
@Injectable()
export class SealedEppCodes extends SealedTable {
  constructor(database: DataSource) {
    const where = { name: 'epp-codes', purpose: eppPurpose, table: 'services', column: 'epp_sealed' };
    super(new Statements(database), where);
  }
}
