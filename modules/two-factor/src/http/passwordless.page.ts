import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../core/account.js';
import { LoginSession } from '../core/ports/login-session.js';
import { Addresses } from './addresses.js';
import { hasProved } from './proved.js';
import type { Reply } from './reply.js';
import { Wording, type NotPassed } from './wording.js';

/** What becomes of a sign-in without a password. */
@Injectable()
export class PasswordlessPage {
  constructor(
    private readonly sessions: LoginSession,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  /** On through the host's gates; ours has nothing left to ask. */
  async goOn(request: Request, account: Account, returnTo: string | undefined): Promise<Reply> {
    if (!this.sessions.begin) throw new Error('This LoginSession cannot begin a sign-in: give it a begin().');
    hasProved(request, account);
    const { status, to } = await this.sessions.begin(request, account, returnTo);
    return { to, json: { status } };
  }

  /** Why not, and back to the sign-in page. */
  refused(request: Request, kind: string, answer: NotPassed): Reply {
    const problem = this.wording.ofAnswer(request, kind, answer);
    const model = { error: problem.message, login: this.addresses.login() };
    return { page: { view: 'passwordless/refused', model }, json: problem };
  }
}
