import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Account } from '../../core/common/account.js';
import { Problem } from '../../core/common/errors.js';
import { AccountDirectory } from '../../core/contracts/ports/account-directory.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import {
  LoginSession,
  type Completed,
  type PendingLogin,
  type ProvedLogin,
} from '../../core/contracts/ports/login-session.js';
import { Stores } from '../../core/contracts/stores/stores.js';
import { Routes } from '../response/routes.js';
import { HOST_USER, type HostUser } from '../gate/host-user.js';
import { beforeEnd } from './before-end.js';
import { counts, storedStamp, type SessionData } from './session-data.js';
import { userToSignIn } from './passport-user.js';
import { promisify } from './promisify.js';
import {
  isOfSession,
  keptOf,
  markOf,
  requireKept,
  save,
  signIn,
  wayOf,
  type SessionRequest,
} from './session-request.js';

/**
 * Sessions of hosts on passport (0.6 or later) and express-session, with `session(…)` and `passport.session()`
 * installed. After the proof, people are sent to the field `returnTo` of the host's sign-in form. Each session stores a
 * mark of its account's state, which every request compares. Sessions can therefore end in any store, even in one that
 * cannot list them.
 */
@Injectable()
export class PassportSession extends LoginSession {
  /** Requests with a valid session. */
  private readonly checked = new WeakSet<object>();

  constructor(
    private readonly accounts: AccountDirectory,
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly routes: Routes,
    @Inject(HOST_USER) private readonly host: HostUser,
  ) {
    super();
  }

  async current(request: SessionRequest) {
    if (!(await this.check(request))) return null;
    const kept = keptOf(request);
    if (!request.user || !kept || kept.pending) return null;
    const account = await this.accounts.find(this.host.id(request.user));
    if (account?.id !== kept.accountId) return null;
    return { account, key: kept.key, signedInAt: kept.signedInAt };
  }

  /**
   * Returns false and signs the request out where its session has ended. A session from before the package gets a mark,
   * so that it ends with the next change. A user who comes with each request, for example by a token, has no session.
   * It costs one look-up and one statement for each request.
   */
  override async check(request: SessionRequest): Promise<boolean> {
    if (!request.user || !isOfSession(request) || this.checked.has(request)) return true;
    const account = await this.accounts.find(this.host.id(request.user));
    // An account that may not sign in has no session here. The host decides what its own pages show it.
    if (!account) return true;
    const kept = markOf(request, account);
    const versions = await this.stores.factors.sessionVersions(account.id);
    if (!counts(kept, account, versions)) return this.end(request);
    // The time of the host's own sign-in is unknown, so it counts as long ago.
    if (!kept) request.session.twoFactor = this.mark(account, versions.now, 0);
    this.checked.add(request);
    return true;
  }

  override async keep(request: SessionRequest): Promise<void> {
    const account = request.user && (await this.accounts.find(this.host.id(request.user)));
    const kept = account && markOf(request, account);
    if (kept) await save(request, { ...kept, stamp: storedStamp(account) });
  }

  async hold(request: SessionRequest, { id, account, version }: PendingLogin): Promise<string> {
    const mark = this.mark(account, version, 0);
    await promisify((done) => request.session.regenerate(done));
    // The account's session has ended, so this request is anonymous too.
    request.user = undefined;
    await save(request, { ...mark, pending: { ...wayOf(request), id } });
    return mark.key;
  }

  pending(request: SessionRequest) {
    const { accountId, key, pending } = keptOf(request) ?? {};
    const known = accountId !== undefined && key !== undefined && pending;
    return Promise.resolve(known ? { id: pending.id, accountId, key } : null);
  }

  async completeLogin(request: SessionRequest): Promise<Completed> {
    return this.createSession(request, requireKept(request));
  }

  /** The host's own values stay in the session. */
  async renew(request: SessionRequest): Promise<void> {
    const kept = requireKept(request);
    if (request.user) await signIn(request, request.user, { kept, keepSessionInfo: true });
  }

  async abandon(request: SessionRequest): Promise<string> {
    await promisify((done) => request.session.regenerate(done));
    return this.routes.login();
  }

  override begin(
    request: SessionRequest,
    { account, version }: ProvedLogin,
    returnTo?: string,
  ): Promise<Completed> {
    const pending = { id: '', ...(returnTo !== undefined && { returnTo }) };
    return this.createSession(request, { ...this.mark(account, version, 0), pending });
  }

  /** The host creates the session itself, and passport gives it a new id. The mark is set after that. */
  override admitted(request: SessionRequest, account: Account, version: number): void {
    const mark = this.mark(account, version, 0);
    beforeEnd(request.res, () => {
      if (request.user && this.host.id(request.user) === account.id && isOfSession(request))
        request.session.twoFactor = { ...mark, signedInAt: this.clock.now() };
    });
  }

  async endOthers(accountId: string, keepKey: string | null, version: number): Promise<void> {
    await this.stores.factors.endSessions(accountId, { version, keepKey });
  }

  private async createSession(
    request: SessionRequest,
    { pending, ...mark }: SessionData,
  ): Promise<Completed> {
    const user = await userToSignIn(this.host, mark.accountId, request);
    if (!user) throw new Problem('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.');
    const kept = { ...mark, signedInAt: this.clock.now() };
    await signIn(request, user, { kept, keepSessionInfo: false });
    return { status: 'signed-in', to: this.routes.local(pending?.returnTo) };
  }

  private async end(request: SessionRequest): Promise<false> {
    await promisify((done) => request.session.regenerate(done));
    request.user = undefined;
    return false;
  }

  private mark(account: Account, version: number, signedInAt: number): SessionData {
    const key = randomBytes(32).toString('base64url');
    return { accountId: account.id, key, signedInAt, version, stamp: storedStamp(account) };
  }
}
