import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { cookieName, parseCookie } from '../../auth/common/cookies.js';
import { isTokenOfSession } from '../../auth/csrf/csrf-token.js';
import { isSameOrigin } from '../../auth/csrf/same-origin.js';
import { rowId } from '../../auth/sessions/rows/session-id.js';
import { Config } from '../../config.js';

interface SignedInRow {
  readonly account_id: string;
  readonly session_key: string;
}

/** A session that had ended when one of its forms was posted. */
export interface EndedSession {
  readonly accountId: string;
  /** A token for the browser, the same for all forms of this session: they may be posted at the same time. */
  readonly browserToken: string;
}

/** Any row of a person who was signed in, ended or not: that it is not valid was found out before. */
const find = `SELECT account_id, session_key FROM sessions
  WHERE id = :id AND account_id IS NOT NULL AND signed_in_at IS NOT NULL`;

/** Finds out whose session had ended when a form was posted. */
@Injectable()
export class EndedSessions {
  constructor(
    private readonly database: DataSource,
    private readonly config: Config,
  ) {}

  /**
   * The session whose page sent this form; null when the cookie names no session that existed, or the form does not carry the token of that
   * session. Without this check another site could write into the table.
   */
  async find(request: Request): Promise<EndedSession | null> {
    const id = this.sessionId(request);
    if (id === null || !isSameOrigin(request, this.config.origins)) return null;
    const [row] = await new Statements(this.database).query<SignedInRow>(find, { id: rowId(id) });
    const { _csrf: token } = (request.body ?? {}) as Record<string, unknown>;
    if (!row || !isTokenOfSession(this.config, row.session_key, token)) return null;
    return { accountId: row.account_id, browserToken: this.tokenFor(row.session_key) };
  }

  private tokenFor(key: string): string {
    return createHmac('sha256', this.config.sessionSecret).update(`kept forms:${key}`).digest('base64url');
  }

  /** The id in the cookie. Express-session signs it, and gives the request a new id where no session is valid. */
  private sessionId(request: Request): string | null {
    const value = decoded(parseCookie(request, cookieName(this.config, 'portal')) ?? '');
    const [, id = '', signature = ''] = /^s:([^.]+)\.(.+)$/.exec(value) ?? [];
    const made = createHmac('sha256', this.config.sessionSecret).update(id).digest('base64');
    const [right, given] = [Buffer.from(made.replace(/=+$/, '')), Buffer.from(signature)];
    const isSigned = right.length === given.length && timingSafeEqual(right, given);
    return id !== '' && isSigned ? id : null;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
