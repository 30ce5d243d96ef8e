import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Statements } from '../two-factor/database.js';
import { SealedTable } from '../two-factor/key-ring.js';

/** What EPP codes are sealed for. */
export const eppPurpose = 'epp-code';

/** Where sealed EPP codes lie, for whoever changes the keys. */
@Injectable()
export class SealedEppCodes extends SealedTable {
  constructor(database: DataSource) {
    const where = { name: 'epp-codes', purpose: eppPurpose, table: 'services', column: 'epp_sealed' };
    super(new Statements(database), where);
  }
}
