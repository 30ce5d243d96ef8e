import type { Request, Response } from 'express';
import type { Account } from '../../core/common/account.js';
import type { SessionData } from './session-data.js';
import { promisify, type Callback } from './promisify.js';

/** The members of passport and express-session that are used here. */
export type SessionRequest = Pick<Request, 'body'> & {
  session: {
    twoFactor?: SessionData;
    passport?: { readonly user?: unknown };
    save(done: Callback): void;
    regenerate(done: Callback): void;
  };
  user?: object | undefined;
  res?: Response;
  logIn(user: object, options: { keepSessionInfo: boolean }, done: Callback): void;
};

/** Did passport read its user from the session? The route may have no session at all. */
export function isOfSession({ session }: SessionRequest): boolean {
  return (session as SessionRequest['session'] | undefined)?.passport?.user !== undefined;
}

/** Returns the package's data of the session. @throws Error when the session has none. */
export function requireKept(request: SessionRequest): SessionData {
  const kept = keptOf(request);
  if (!kept) throw new Error('There is no session to complete.');
  return kept;
}

/** Returns the package's data of the session, if there is any. */
export function keptOf({ session }: SessionRequest): SessionData | undefined {
  return session.twoFactor;
}

/** The mark of the account's session; one of a pending login, or of another account, does not count. */
export function markOf(request: SessionRequest, { id }: Account): SessionData | undefined {
  const kept = keptOf(request);
  return kept?.accountId === id && !kept.pending ? kept : undefined;
}

/** Returns the `returnTo` field of the host's sign-in form. */
export function wayOf({ body }: SessionRequest): { returnTo?: string } {
  const fields: unknown = body;
  const returnTo: unknown =
    typeof fields === 'object' && fields !== null && 'returnTo' in fields ? fields.returnTo : undefined;
  return typeof returnTo === 'string' && returnTo !== '' ? { returnTo } : {};
}

/** passport gives a new session id with every `logIn`. */
export async function signIn(
  request: SessionRequest,
  user: object,
  { kept, keepSessionInfo }: { kept: SessionData; keepSessionInfo: boolean },
): Promise<void> {
  await promisify((done) => request.logIn(user, { keepSessionInfo }, done));
  await save(request, kept);
}

/** Stores the package's data in the session. */
export async function save(request: SessionRequest, kept: SessionData): Promise<void> {
  request.session.twoFactor = kept;
  await promisify((done) => request.session.save(done));
}
