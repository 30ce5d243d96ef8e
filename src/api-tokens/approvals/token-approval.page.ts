import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import type { ProblemPage } from '../../portal/problems/problem.js';
import { ApiTokens } from '../rows/api-tokens.js';
import type { Approval } from './approval.js';

/** The page where the owner decides: what will happen with every value, which token asks, from where and until when. */
@Injectable()
export class TokenApprovalPage {
  constructor(private readonly tokens: ApiTokens) {}

  async view(request: Request, approval: Approval): Promise<ProblemPage> {
    const tokens = await this.tokens.list(currentAccount(request).id);
    const token = tokens.find(({ id }) => id === approval.tokenId);
    return { view: 'api-tokens/approval', model: { approval, token } };
  }
}
