import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { currentAccount } from '../../accounts/current-account.js';
import { type ListedSession, Sessions } from '../../auth/sessions/sessions.js';
import { ApprovalList, type ListedApproval } from '../acts/approvals/approval-list.js';
import { ClientNotes } from '../notes/client-notes.js';
import type { Note } from '../notes/notes.service.js';

/** What an agent needs during a call, besides the panels of the modules. */
export interface CallFacts {
  /** The most recently used first. */
  readonly sessions: readonly Omit<ListedSession, 'id'>[];
  readonly notes: readonly Note[];
  /** Requests about the client that wait for a second staff member. */
  readonly approvals: readonly ListedApproval[];
}

/** Collects what an agent needs during a call. */
@Injectable()
export class ClientCall {
  constructor(
    private readonly sessions: Sessions,
    private readonly notes: ClientNotes,
    private readonly approvals: ApprovalList,
  ) {}

  /** The viewer must be allowed to see the account. Nobody sees notes and requests about themselves. */
  async load(request: Request, client: Account): Promise<CallFacts> {
    const viewer = currentAccount(request);
    const sessions = await this.sessions.list(client);
    return {
      sessions: sessions.map(({ id: _, ...session }) => session),
      notes: await this.notes.of(viewer, client.id),
      approvals: viewer.id === client.id ? [] : await this.approvals.ofClient(client.id),
    };
  }
}
