import { Injectable } from '@nestjs/common';
import { SealedTable } from 'nestjs-two-factor/stores';
import { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { eppPurpose } from '../billing/epp-codes.js';

/** The encrypted EPP codes, so that the rotation of keys finds them. */
@Injectable()
export class SealedEppCodes extends SealedTable {
  constructor(database: DataSource) {
    const where = { name: 'epp-codes', purpose: eppPurpose, table: 'services', column: 'epp_sealed' };
    super(new Statements(database), where);
  }
}
