import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Accounts } from '../../../accounts/accounts.service.js';
import { currentAccount } from '../../../accounts/current-account.js';
import { LayoutContexts } from '../../../pages/layout-contexts.js';
import { Messages } from '../../../pages/texts/messages.js';
import type { ActValues } from '../../../portal/fresh/act-titles.js';
import { ApprovalRows } from './approval-rows.js';

/** The act, the client and the agent in the title of an approval. */
@Injectable()
export class ApprovalTitle implements ActValues {
  constructor(
    private readonly rows: ApprovalRows,
    private readonly accounts: Accounts,
    private readonly messages: Messages,
    private readonly layoutContexts: LayoutContexts,
  ) {}

  async of(request: Request): Promise<{ act: string; client: string; agent: string } | null> {
    const row = await this.rows.find(String(request.params['id']));
    if (!row || row.clientId === currentAccount(request).id) return null;
    const emails = await this.accounts.emailsOf([row.clientId, row.askedBy]);
    const locale = this.layoutContexts.localeOf(request);
    const key = `staff-acts.act.${row.act}`;
    return {
      act: this.messages.has(locale, key) ? this.messages.text(locale, key) : row.act,
      client: emails.get(row.clientId) ?? row.clientId,
      agent: emails.get(row.askedBy) ?? row.askedBy,
    };
  }
}
