import type { Request } from 'express';
import type { Invited } from '../../core/passwordless/invitations.js';
import { type HostCookie, readCookie, setCookie } from '../request/host-cookie.js';

/** No other site has it sent. */
const COOKIE: HostCookie = { name: 'two-factor-invitation', sameSite: 'strict' };

/** The invitation that this browser was given; empty: none. */
export function ticketOf(request: Request): string {
  return Buffer.from(readCookie(request, COOKIE), 'base64url').toString();
}

/** Has the browser keep it. */
export function keepTicket(request: Request, { ticket, expiresAt }: Invited): void {
  setCookie(request, COOKIE, Buffer.from(ticket).toString('base64url'), expiresAt);
}
