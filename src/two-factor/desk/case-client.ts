import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { Accounts } from '../../accounts/accounts.service.js';
import type { ActValues } from '../../portal/fresh/act-titles.js';
import type { ActClient } from '../../staff/acts/client-act.decorator.js';

/** The client of a case, for the address of the case. */
@Injectable()
export class CaseClient implements ActClient {
  constructor(private readonly twoFactor: TwoFactor) {}

  async idOf({ params }: Request): Promise<string | null> {
    const found = await this.twoFactor.recovery.find({ id: String(params['id']) });
    return found?.accountId ?? null;
  }
}

/** The client in the title of a confirmation. */
@Injectable()
export class CaseName implements ActValues {
  constructor(
    private readonly client: CaseClient,
    private readonly accounts: Accounts,
  ) {}

  async of(request: Request): Promise<{ client: string } | null> {
    const id = await this.client.idOf(request);
    const client = id === null ? null : await this.accounts.byId(id);
    return client && { client: `${client.name} (${client.email})` };
  }
}
