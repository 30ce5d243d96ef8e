import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { Messages } from '../../pages/texts/messages.js';
import type { ActValues } from '../../portal/fresh/act-titles.js';
import { TokenApprovals } from './token-approvals.js';

/** The act that will be approved, in words of the reader. */
@Injectable()
export class TokenApprovalTitle implements ActValues {
  constructor(
    private readonly approvals: TokenApprovals,
    private readonly layoutContexts: LayoutContexts,
    private readonly messages: Messages,
  ) {}

  async of(request: Request): Promise<{ act: string } | null> {
    const approval = await this.approvals.find(currentAccount(request).id, String(request.params['id']));
    if (!approval) return null;
    const { key, values } = approval.description.title;
    return { act: this.messages.text(this.layoutContexts.localeOf(request), key, values) };
  }
}
