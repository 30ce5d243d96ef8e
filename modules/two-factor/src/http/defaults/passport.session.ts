import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AccountDirectory } from '../../core/ports/account-directory.js';
import { Clock } from '../../core/ports/clock.js';
import { LoginSession, type Completed, type HeldLogin } from '../../core/ports/login-session.js';
import { Addresses } from '../addresses.js';
import { HOST_USER, type HostUser } from '../host-user.js';
import type { Kept } from './kept.js';
import { StoredSessions, type SessionStore } from './stored-sessions.js';

type Done = (error?: unknown) => void;

/** As much of passport and express-session as is used here. */
type SessionRequest = Pick<Request, 'method'> & {
  session: { twoFactor?: Kept; save(done: Done): void; regenerate(done: Done): void };
  sessionStore: SessionStore;
  user?: object;
  logIn(user: object, done: Done): void;
};

/** Sessions of hosts on passport and express-session, with `session(…)` and `passport.session()` in place. */
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
    if (!request.user || request.session.twoFactor?.held) return null;
    this.stored.in(request.sessionStore);
    const account = await this.accounts.find(this.host.id(request.user));
    if (!account) return null;
    // Signed in by the host alone: when is not known, so it counts as long ago.
    const { key, signedInAt } = (request.session.twoFactor ??= { key: newKey(), signedInAt: 0 });
    return { account, key, signedInAt };
  }

  async hold(request: SessionRequest, { id, accountId }: HeldLogin): Promise<string> {
    const key = newKey();
    await settled((done) => request.session.regenerate(done));
    await keep(request, { key, signedInAt: 0, held: { id, accountId } });
    return key;
  }

  held(request: SessionRequest) {
    const { key, held } = request.session.twoFactor ?? {};
    return Promise.resolve(key !== undefined && held ? { ...held, key } : null);
  }

  async complete(request: SessionRequest, how: 'proved' | 'stepped-up' | 'abandoned'): Promise<Completed> {
    const kept = request.session.twoFactor;
    if (how === 'abandoned') {
      await settled((done) => request.session.regenerate(done));
      return { status: 'held', to: this.addresses.login() };
    }
    if (how === 'stepped-up') await this.signIn(request, request.user, kept);
    else await this.prove(request, kept);
    return { status: 'signed-in', to: this.addresses.home() };
  }

  private async prove(request: SessionRequest, kept: Kept | undefined): Promise<void> {
    const signedIn = kept && { key: kept.key, signedInAt: this.clock.now() };
    await this.signIn(request, await this.userOf(kept), signedIn);
  }

  /** express-session does not say when a session began, so all others end. */
  endOthers(accountId: string, keepKey: string | null): Promise<void> {
    return this.stored.end(
      ({ twoFactor, passport }) =>
        twoFactor?.key !== keepKey &&
        (passport?.user === accountId || twoFactor?.held?.accountId === accountId),
    );
  }

  private async userOf(kept: Kept | undefined): Promise<object | undefined> {
    if (!kept?.held) return undefined;
    return (await this.host.load?.(kept.held.accountId)) ?? undefined;
  }

  /** passport gives a new session id with every `logIn`. */
  private async signIn(
    request: SessionRequest,
    user: object | undefined,
    kept: Kept | undefined,
  ): Promise<void> {
    if (!user || !kept)
      throw new Error('Nobody to sign in: say in forRoot({ user: { load } }) how to find users.');
    await settled((done) => request.logIn(user, done));
    await keep(request, kept);
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

async function keep(request: SessionRequest, kept: Kept): Promise<void> {
  request.session.twoFactor = kept;
  await settled((done) => request.session.save(done));
}

function settled(work: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => (error ? reject(error as Error) : resolve()));
  });
}
