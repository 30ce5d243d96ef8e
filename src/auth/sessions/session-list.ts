import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { requestSession } from './current-session.js';
import { type ListedSession, Sessions } from './sessions.js';

/** The model of the view `accounts/sessions-section`. */
export type SessionListModel = {
  readonly sessions: readonly (ListedSession & { readonly current: boolean })[];
  /** Whether there are sessions besides the current one. */
  readonly others: boolean;
};

/** The list of an account's sessions, with the current one marked; also a section of the Security page. */
@Injectable()
export class SessionList {
  constructor(private readonly sessions: Sessions) {}

  async load(request: Request, account: Account): Promise<SessionListModel> {
    const here = requestSession(request)?.id;
    const sessions = (await this.sessions.list(account)).map((each) => ({
      ...each,
      current: each.id === here,
    }));
    return { sessions, others: sessions.some((each) => !each.current) };
  }
}
