import session from 'express-session';
import type { Repository } from 'typeorm';
import type { Session } from './session.entity.js';

type Done = (error?: unknown) => void;
const lifetime = 86_400_000;

/**
 * Sessions in the database, so that they survive a restart and serve several nodes. The documentation of express-session says
 * that its memory store is not for production.
 */
export class DatabaseStore extends session.Store {
  constructor(private readonly sessions: Repository<Session>) {
    super();
  }

  override get(id: string, found: (error: unknown, data?: session.SessionData | null) => void): void {
    this.sessions.findOneBy({ id }).then(
      (row) =>
        found(null, row && row.expiresAt > Date.now() ? (JSON.parse(row.json) as session.SessionData) : null),
      (error: unknown) => found(error),
    );
  }

  override set(id: string, data: session.SessionData, done: Done = () => undefined): void {
    const row = { id, json: JSON.stringify(data), expiresAt: Date.now() + lifetime };
    this.sessions.save(row).then(() => done(), done);
  }

  override destroy(id: string, done: Done = () => undefined): void {
    this.sessions.delete({ id }).then(() => done(), done);
  }
}
