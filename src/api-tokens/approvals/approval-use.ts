import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { Clock } from '../../clock.js';
import { isRowId } from '../../database/row-id.js';
import type { TokenPrincipal } from '../bearer/bearer-request.js';
import { TokenApprovalRow } from '../rows/token-approval.entity.js';
import { stateOf } from './approval.js';
import { approvalRefused, type ApprovalFault } from './approval-refusals.js';
import type { AskedAct } from './asked-act.js';

/** Everything that must hold is a condition of the one statement: no other request can come between a check and the use. */
const use = `UPDATE token_approvals SET state = 'used', used_at = :now
  WHERE id = :id AND token_id = :tokenId AND account_id = :accountId AND binding = :binding
    AND state = 'granted' AND expires_at > :now
    AND EXISTS (SELECT 1 FROM api_tokens t WHERE t.id = :tokenId AND t.revoked_at IS NULL)
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = :accountId AND a.stamp = token_approvals.stamp AND a.suspended_at IS NULL)`;

/** Uses approvals up. */
@Injectable()
export class ApprovalUse {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Uses the approval up for this act. It commits before the act is carried out: after a killed process the act may be missing, and it is never
   * carried out twice. Of simultaneous requests one succeeds.
   * @throws PortalProblem APPROVAL_REFUSED with the reason.
   */
  async consume({ id: tokenId, account }: TokenPrincipal, id: string, { binding }: AskedAct): Promise<void> {
    if (!isRowId(id)) throw approvalRefused('unknown');
    const values = { id, tokenId, accountId: account.id, binding, now: this.clock.now() };
    if (await new Statements(this.database).executeOne(use, values)) return;
    throw approvalRefused(await this.faultOf({ id, tokenId, accountId: account.id }, binding));
  }

  private async faultOf(
    which: Pick<TokenApprovalRow, 'id' | 'tokenId' | 'accountId'>,
    binding: string,
  ): Promise<ApprovalFault> {
    const row = await this.database.manager.findOneBy(TokenApprovalRow, which);
    if (!row) return 'unknown';
    const state = stateOf(row, this.clock.now());
    if (row.binding !== binding || state === 'granted') return 'changed';
    return state;
  }
}
