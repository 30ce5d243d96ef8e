import { Logger } from '@nestjs/common';
import type { Kept } from './kept.js';
import { settled, type Done } from './settled.js';

/** A session as express-session's stores keep it. */
export interface StoredSession {
  readonly twoFactor?: Kept;
  /** What passport's serializer made of the user. */
  readonly passport?: { readonly user?: unknown };
}

/** As much of an express-session store as is used here; `all` is optional there. */
export interface SessionStore {
  all?(done: Done): void;
  destroy(id: string, done: Done): void;
}

/** Sessions in the host's store, as far as the store can list them. */
export class StoredSessions {
  private readonly logger = new Logger('nestjs-two-factor');
  private store?: SessionStore;

  /** The store is the request's; it is known from the first request on. */
  in(store: SessionStore): void {
    this.store = store;
  }

  /** @throws while the store is not known, so that whoever must have sessions ended asks again. */
  async end(which: (session: StoredSession) => boolean): Promise<void> {
    const { store } = this;
    if (!store) throw new Error('No request has come in yet, so the session store is not known.');
    const ids = (await this.all(store)).filter(([, session]) => which(session)).map(([id]) => id);
    await Promise.all(ids.map((id) => settled((done) => store.destroy(id, done))));
  }

  private async all(store: SessionStore): Promise<[string, StoredSession][]> {
    if (store.all) {
      const listed = withIds(await settled((done) => store.all?.(done)));
      if (listed) return listed;
    }
    this.logger.warn('The session store cannot list sessions, so other sessions stay. Write a LoginSession.');
    return [];
  }
}

/** Some stores answer sessions by id, others a list in which each has its id; null where one has none. */
function withIds(sessions: unknown): [string, StoredSession][] | null {
  if (!Array.isArray(sessions)) return Object.entries((sessions ?? {}) as Record<string, StoredSession>);
  const listed = (sessions as (StoredSession & { id?: unknown })[]).map(
    (session) => [session.id, session] as const,
  );
  return listed.every((entry): entry is [string, StoredSession] => typeof entry[0] === 'string')
    ? listed
    : null;
}
