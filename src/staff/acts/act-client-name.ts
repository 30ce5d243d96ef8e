import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Accounts } from '../../accounts/accounts.service.js';
import { isRowId } from '../../database/row-id.js';
import type { ActValues } from '../../portal/fresh/act-titles.js';

/** The client in the title of an act: name and e-mail address, so that the agent confirms for the right person. */
@Injectable()
export class ActClientName implements ActValues {
  constructor(private readonly accounts: Accounts) {}

  async of({ params }: Request): Promise<{ client: string } | null> {
    const id = String(params['id']);
    const client = isRowId(id) ? await this.accounts.byId(id) : null;
    return client && { client: `${client.name} (${client.email})` };
  }
}
