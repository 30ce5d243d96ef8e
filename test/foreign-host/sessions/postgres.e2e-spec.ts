import pgSimple from 'connect-pg-simple';
import session from 'express-session';
import pg from 'pg';
import { emptyDatabase } from '../../support/databases/databases.js';
import { describeService } from '../../support/databases/services.js';
import { sessionStoreStories } from '../support/session-store.rules.js';

/** It has no `all`: it cannot list its sessions. */
describeService('in connect-pg-simple', 'TEST_POSTGRES_URL', () => {
  sessionStoreStories(async () => {
    const database = await emptyDatabase('postgres', '');
    const pool = new pg.Pool({ connectionString: database.url });
    const store = new (pgSimple(session))({ pool, createTableIfMissing: true, pruneSessionInterval: false });
    expect('all' in store).toBe(false);
    const close = async () => {
      await pool.end();
      await database.drop();
    };
    return { store, close };
  });
});
