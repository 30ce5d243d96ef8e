import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/account.js';
import { Problem } from '../../core/errors.js';
import { AccountDirectory } from '../../core/ports/account-directory.js';
import { Clock } from '../../core/ports/clock.js';
import { LoginSession, type Completed, type HeldLogin } from '../../core/ports/login-session.js';
import { Addresses } from '../addresses.js';
import { HOST_USER, type HostUser } from '../host-user.js';
import type { Kept } from './kept.js';
import { userToSignIn } from './passport-user.js';
import { settled, type Done } from './settled.js';
import { StoredSessions, type SessionStore, type StoredSession } from './stored-sessions.js';

/** As much of passport and express-session as is used here. */
type SessionRequest = Pick<Request, 'body'> & {
  session: { twoFactor?: Kept; save(done: Done): void; regenerate(done: Done): void };
  sessionStore: SessionStore;
  user?: object | undefined;
  logIn(user: object, options: { keepSessionInfo: boolean }, done: Done): void;
};

/**
 * Sessions of hosts on passport (0.6 or later) and express-session, with `session(…)` and `passport.session()` in place.
 * A field `returnTo` of the host's sign-in form is where people land after the proof.
 */
@Injectable()
export class PassportSession extends LoginSession {
  private readonly stored = new StoredSessions();

  constructor(
    private readonly accounts: AccountDirectory,
    private readonly clock: Clock,
    private readonly addresses: Addresses,
    @Inject(HOST_USER) private readonly host: HostUser,
  ) {
    super();
  }

  async current(request: SessionRequest) {
    const kept = this.keptOf(request);
    if (!request.user || kept?.held) return null;
    const account = await this.accounts.find(this.host.id(request.user));
    if (!account) return null;
    if (kept?.accountId === account.id) return { account, key: kept.key, signedInAt: kept.signedInAt };
    // Signed in by the host alone: when is not known, so it counts as long ago.
    const begun = { accountId: account.id, key: newKey(), signedInAt: 0 };
    request.session.twoFactor = begun;
    return { account, key: begun.key, signedInAt: begun.signedInAt };
  }

  async hold(request: SessionRequest, { id, accountId }: HeldLogin): Promise<string> {
    this.keptOf(request);
    const key = newKey();
    await settled((done) => request.session.regenerate(done));
    // Whoever was signed in before is not any more, on this request either.
    request.user = undefined;
    await keep(request, { accountId, key, signedInAt: 0, held: { id, ...wayOf(request) } });
    return key;
  }

  held(request: SessionRequest) {
    const { accountId, key, held } = this.keptOf(request) ?? {};
    const known = accountId !== undefined && key !== undefined && held;
    return Promise.resolve(known ? { id: held.id, accountId, key } : null);
  }

  async complete(request: SessionRequest, how: 'proved' | 'stepped-up' | 'abandoned'): Promise<Completed> {
    const kept = this.keptOf(request);
    if (how === 'abandoned') return this.abandon(request);
    if (!kept) throw new Error('There is no session to complete.');
    if (how === 'proved') return this.prove(request, kept);
    // Somebody signed in keeps what the host has in the session.
    if (request.user) await signIn(request, request.user, { kept, keepSessionInfo: true });
    return { status: 'signed-in', to: this.addresses.home() };
  }

  override async begin(
    request: SessionRequest,
    { id: accountId }: Account,
    returnTo?: string,
  ): Promise<Completed> {
    const held = { id: '', ...(returnTo !== undefined && { returnTo }) };
    return this.prove(request, { accountId, key: newKey(), signedInAt: 0, held });
  }

  /** express-session does not say when a session began, so all others end. */
  endOthers(accountId: string, keepKey: string | null): Promise<void> {
    return this.stored.end(
      (session) =>
        (session.twoFactor?.accountId === accountId || this.principalOf(session) === accountId) &&
        (session.twoFactor === undefined || session.twoFactor.key !== keepKey),
    );
  }

  private async abandon(request: SessionRequest): Promise<Completed> {
    await settled((done) => request.session.regenerate(done));
    return { status: 'held', to: this.addresses.login() };
  }

  private async prove(request: SessionRequest, { accountId, key, held }: Kept): Promise<Completed> {
    const user = await userToSignIn(this.host, accountId, request);
    if (!user) throw new Problem('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.');
    const kept = { accountId, key, signedInAt: this.clock.now() };
    await signIn(request, user, { kept, keepSessionInfo: false });
    return { status: 'signed-in', to: this.addresses.local(held?.returnTo) };
  }

  /** The store of all sessions is known from the requests. */
  private keptOf({ session, sessionStore }: SessionRequest): Kept | undefined {
    this.stored.in(sessionStore);
    return session.twoFactor;
  }

  /** Serializers keep the id, or the user. */
  private principalOf({ passport }: StoredSession): string | undefined {
    const user = passport?.user;
    if (typeof user === 'string' || typeof user === 'number') return String(user);
    return typeof user === 'object' && user !== null ? this.host.id(user) : undefined;
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

function wayOf({ body }: SessionRequest): { returnTo?: string } {
  const fields: unknown = body;
  const returnTo: unknown =
    typeof fields === 'object' && fields !== null && 'returnTo' in fields ? fields.returnTo : undefined;
  return typeof returnTo === 'string' && returnTo !== '' ? { returnTo } : {};
}

/** passport gives a new session id with every `logIn`. */
async function signIn(
  request: SessionRequest,
  user: object,
  { kept, keepSessionInfo }: { kept: Kept; keepSessionInfo: boolean },
): Promise<void> {
  await settled((done) => request.logIn(user, { keepSessionInfo }, done));
  await keep(request, kept);
}

async function keep(request: SessionRequest, kept: Kept): Promise<void> {
  request.session.twoFactor = kept;
  await settled((done) => request.session.save(done));
}
