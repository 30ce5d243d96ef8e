import type { Request } from 'express';

const approved = new WeakMap<Request, string>();

/** The approval with which this request of a token is carried out; null: there is none. */
export function approvalIdOf(request: Request): string | null {
  return approved.get(request) ?? null;
}

/** Called by the guard of approvals alone, after the approval was used up for this request. */
export function markApproved(request: Request, approvalId: string): void {
  approved.set(request, approvalId);
}
