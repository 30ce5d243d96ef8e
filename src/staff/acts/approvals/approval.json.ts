import { toIsoDates } from '../../../portal/to-iso-dates.js';
import type { ListedApproval } from './approval-list.js';

/** A request for programs, with times as text (RFC 3339). */
export function approvalJson({
  ticketId,
  ticketNumber,
  ...approval
}: ListedApproval): Record<string, unknown> {
  const ticket = ticketId === null ? null : { id: ticketId, number: ticketNumber };
  return { ...toIsoDates(approval), ticket };
}
