import type { Request } from 'express';
import type { Config } from '../../config.js';
import { cookieName, cookieOptions, parseCookie } from '../common/cookies.js';
import type { PendingSession } from './current-session.js';
import { safeReturnTo } from '../common/return-to.js';

/** How long the browser keeps the cookie, in milliseconds. */
const keptFor = 5 * 60_000;

/** The e-mail address of the login, and its destination. */
export interface AbandonedLogin {
  readonly email: string;
  /** An address of this site. */
  readonly returnTo: string;
}

/**
 * Sets a cookie with data of the abandoned login; the sign-in page fills its form with it. A cookie is used because visitors
 * have no row. A URL would show the data to others.
 */
export function noteAbandoned(request: Request, config: Config, pending: PendingSession): void {
  const note = JSON.stringify({ email: pending.account.email, returnTo: pending.returnTo });
  const value = Buffer.from(note).toString('base64url');
  request.res?.cookie(nameIn(config), value, { ...cookieOptions(config), maxAge: keptFor });
}

/** The data of the abandoned login, as far as it can be parsed; it is untrusted. */
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
