import type { Request } from 'express';
import type { Invited } from '../../core/passwordless/invitations.js';

/** Bound to this host and to https where that is how it is reached (RFC 6265bis §4.1.3.2). */
function nameIn({ secure }: Request): string {
  return secure ? '__Host-two-factor-invitation' : 'two-factor-invitation';
}

/** The invitation that this browser was given; empty: none. */
export function ticketOf(request: Request): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const kept = pairs.find(([key]) => key === nameIn(request))?.[1] ?? '';
  return Buffer.from(kept, 'base64url').toString();
}

/** Has the browser keep it. No script can read it, and no other site has it sent. */
export function keepTicket(request: Request, { ticket, expiresAt }: Invited): void {
  const { secure } = request;
  const flags = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const;
  const kept = Buffer.from(ticket).toString('base64url');
  request.res?.cookie(nameIn(request), kept, { ...flags, expires: new Date(expiresAt) });
}
