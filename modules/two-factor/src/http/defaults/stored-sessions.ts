import { Logger } from '@nestjs/common';
import type { Kept } from './kept.js';

/** A session as express-session's stores keep it. */
export interface StoredSession {
  readonly twoFactor?: Kept;
  /** What passport's serializer made of the user: hosts whose serializer keeps no id write a `LoginSession`. */
  readonly passport?: { readonly user?: unknown };
}

/** As much of an express-session store as is used here; `all` is optional there. */
export interface SessionStore {
  all?(done: (error: unknown, sessions?: unknown) => void): void;
  destroy(id: string, done: (error?: unknown) => void): void;
}

/** Sessions in the host's store, as far as the store can list them. */
export class StoredSessions {
  private readonly logger = new Logger('nestjs-two-factor');
  private store?: SessionStore;

  /** The store is the request's; it is known from the first request on. */
  in(store: SessionStore): void {
    this.store = store;
  }

  async end(which: (session: StoredSession) => boolean): Promise<void> {
    const ids = (await this.all()).filter(([, session]) => which(session)).map(([id]) => id);
    await Promise.all(ids.map((id) => this.destroy(id)));
  }

  private all(): Promise<[string, StoredSession][]> {
    const { store } = this;
    if (!store?.all) {
      this.logger.warn(
        'The session store cannot list sessions, so other sessions stay. Write a LoginSession.',
      );
      return Promise.resolve([]);
    }
    return new Promise((resolve, reject) => {
      store.all?.((error, sessions) => {
        if (error) reject(error as Error);
        else resolve(Object.entries((sessions ?? {}) as Record<string, StoredSession>));
      });
    });
  }

  private destroy(id: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.store?.destroy(id, (error) => (error ? reject(error as Error) : resolve()));
    });
  }
}
