import { Global, Module } from '@nestjs/common';
import { TokenNotification } from './account/token-notification.js';
import { TokenRevocation } from './account/token-revocation.js';
import { TokensController } from './account/tokens.controller.js';
import { TokensPage } from './account/tokens.page.js';
import { ApprovalJson } from './approvals/approval.json.js';
import { ApprovalNotification } from './approvals/approval-notification.js';
import { TokenApprovalPage } from './approvals/token-approval.page.js';
import { TokenApprovalTitle } from './approvals/token-approval-title.js';
import { ApprovalUse } from './approvals/approval-use.js';
import { TokenApprovalsController } from './approvals/token-approvals.controller.js';
import { TokenApprovals } from './approvals/token-approvals.js';
import { ApiTokens } from './rows/api-tokens.js';
import { TokenSweep } from './rows/token-sweep.js';

/** Tokens with which programs act for an account, and the approvals that they need. Global: `@Fresh` asks for approvals in every module. */
@Global()
@Module({
  controllers: [TokensController, TokenApprovalsController],
  providers: [
    ApiTokens,
    ApprovalJson,
    ApprovalNotification,
    TokenApprovalPage,
    TokenApprovalTitle,
    ApprovalUse,
    TokenApprovals,
    TokenNotification,
    TokenRevocation,
    TokensPage,
    TokenSweep,
  ],
  exports: [ApiTokens, ApprovalJson, ApprovalUse, TokenApprovals],
})
export class ApiTokensModule {}
