import { PortalProblem } from '../../portal/problems/problem.js';

/** Why a request is not carried out with an approval. The words are stable. */
export type ApprovalFault = 'unknown' | 'open' | 'refused' | 'expired' | 'used' | 'changed';

const messages: Readonly<Record<ApprovalFault, string>> = {
  unknown: 'This token has no such approval.',
  open: 'The owner has not decided yet.',
  refused: 'The owner refused this, or the approval was taken back.',
  expired: 'This approval is older than 15 minutes. Ask for a new one.',
  used: 'This approval was used. Ask for a new one.',
  changed: 'This is not the request that was approved, or the account has changed since.',
};

/** The refusal of a request that names an approval: `APPROVAL_REFUSED` with a `reason`. */
export function approvalRefused(reason: ApprovalFault): PortalProblem {
  return new PortalProblem('APPROVAL_REFUSED', messages[reason], { reason });
}
