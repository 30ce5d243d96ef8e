import type { Request } from 'express';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions, parseCookie } from '../common/cookies.js';
import type { HeldSession } from './current-session.js';
import { safeReturnTo } from '../common/return-to.js';

/** How long the browser keeps it, in milliseconds. */
const keptFor = 5 * 60_000;

/** Whose login it was, and where it was to lead. */
export interface AbandonedLogin {
  readonly email: string;
  /** Of this site. */
  readonly returnTo: string;
}

/**
 * Gives the browser a note of the login it has just lost, for the sign-in page to fill in. In a cookie, because visitors
 * have no row; never in an address, which others get to see.
 */
export function noteAbandoned(request: Request, config: Config, held: HeldSession): void {
  const note = JSON.stringify({ email: held.account.email, returnTo: held.returnTo });
  const value = Buffer.from(note).toString('base64url');
  request.res?.cookie(nameIn(config), value, { ...cookieOptions(config), maxAge: keptFor });
}

/** The note, as far as it can be read; nothing in it is believed. */
export function abandonedLogin(request: Request, config: Config): AbandonedLogin | null {
  const value = parseCookie(request, nameIn(config));
  const { email, returnTo } = parsed(value);
  return typeof email === 'string' ? { email: email.slice(0, 254), returnTo: safeReturnTo(returnTo) } : null;
}

function nameIn(config: Config): string {
  return cookieName(config, 'portal-abandoned');
}

function parsed(value: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(Buffer.from(value ?? '', 'base64url').toString()) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
