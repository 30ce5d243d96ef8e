import type { Request } from 'express';
import type { IssuedPasswordlessChallenge } from '../../core/passwordless/passwordless-challenges.js';
import { type HostCookie, readCookie, setCookie } from '../request/host-cookie.js';

/** SameSite=Strict: another site cannot have it sent. */
const COOKIE: HostCookie = { name: 'two-factor-invitation', sameSite: 'strict' };

/** The challenge ticket of this browser; empty: none. */
export function ticketOf(request: Request): string {
  return Buffer.from(readCookie(request, COOKIE), 'base64url').toString();
}

/** Stores the ticket in the browser. */
export function keepTicket(request: Request, { ticket, expiresAt }: IssuedPasswordlessChallenge): void {
  setCookie(request, COOKIE, Buffer.from(ticket).toString('base64url'), expiresAt);
}
