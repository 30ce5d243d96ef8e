import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import session from 'express-session';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { Clock } from '../../clock.js';
import type { RequestSession } from './current-session.js';
import { SessionReader } from './rows/session-reader.js';
import { rowId } from './rows/session-id.js';
import { lastSeenEvery } from './session-limits.js';
import { SessionRow } from './rows/session.entity.js';

type Done = (error?: unknown) => void;

/** How long an answer waits for the update of the request's time, in milliseconds. */
const moment = 500;

/**
 * The store that express-session uses. It only reads: every change of a row is a separate statement of `Sessions`. A save at
 * the end of a slow request can therefore neither restore an ended session nor overwrite a newer state.
 */
@Injectable()
export class SessionStore extends session.Store {
  private readonly logger = new Logger('Sessions');

  constructor(
    private readonly reader: SessionReader,
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  override get(sessionId: string, found: (error: unknown, data?: session.SessionData | null) => void): void {
    this.reader.read(rowId(sessionId)).then(
      (standing) => found(null, standing && { standing, cookie: { originalMaxAge: null } }),
      (error: unknown) => found(error),
    );
  }

  override set(_sessionId: string, _data: session.SessionData, done?: Done): void {
    done?.();
  }

  override destroy(_sessionId: string, done?: Done): void {
    done?.();
  }

  /**
   * Stores the time of the request, at most once a minute. The answer is already made. It waits only a moment for a busy
   * database, and it does not fail with it.
   */
  override touch(_sessionId: string, { standing }: Partial<session.SessionData>, done?: () => void): void {
    const now = this.clock.now();
    if (!standing || now - standing.lastSeenAt < lastSeenEvery) return done?.();
    const ended = new AbortController();
    const late = pause(moment, undefined, { signal: ended.signal }).catch(() => undefined);
    const noted = this.seen(standing, now).finally(() => ended.abort());
    void Promise.race([noted, late]).then(done);
  }

  private async seen({ id }: RequestSession, now: number): Promise<void> {
    try {
      const where = { id, endedAt: IsNull(), lastSeenAt: LessThanOrEqual(now - lastSeenEvery) };
      await this.database.manager.update(SessionRow, where, { lastSeenAt: now });
    } catch (error) {
      this.logger.warn(`The last request of a session could not be noted: ${String(error)}`);
    }
  }
}
