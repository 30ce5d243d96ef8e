import type { StoredApprovalState, TokenApprovalRow } from '../rows/token-approval.entity.js';
import type { ActDescription } from './asked-act.js';

/** The states of an approval, as its owner and its token see them. */
export type TokenApprovalState = StoredApprovalState | 'expired';

/** An approval without what its binding needs. Times are UTC ms. */
export interface Approval {
  readonly id: string;
  readonly act: string;
  readonly tokenId: string;
  readonly state: TokenApprovalState;
  readonly description: ActDescription;
  readonly address: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The approval of a row at this time. */
export function approvalOf(row: TokenApprovalRow, now: number): Approval {
  const { id, act, tokenId, address, createdAt, expiresAt } = row;
  const description = JSON.parse(row.description) as ActDescription;
  return { id, act, tokenId, address, createdAt, expiresAt, description, state: stateOf(row, now) };
}

/** The state at this time. */
export function stateOf({ state, expiresAt }: TokenApprovalRow, now: number): TokenApprovalState {
  const isOver = state === 'used' || state === 'refused';
  return !isOver && expiresAt <= now ? 'expired' : state;
}
