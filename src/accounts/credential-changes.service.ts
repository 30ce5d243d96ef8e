import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from './account.entity.js';

/** When people last changed what they sign in with. */
@Injectable()
export class CredentialChanges {
  constructor(private readonly database: DataSource) {}

  /** The time (UTC ms) of the last change of password or e-mail address; null: none is known. */
  async lastOf(id: string): Promise<number | null> {
    const select = { id: true, credentialsChangedAt: true } as const;
    const row = await this.database.manager.findOne(AccountRow, { select, where: { id } });
    return row?.credentialsChangedAt ?? null;
  }
}
