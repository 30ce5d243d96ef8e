import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import session from 'express-session';
import fileStore from 'session-file-store';
import { sessionStoreStories } from '../support/session-store.rules.js';

describe('in session-file-store', () => {
  sessionStoreStories(async () => {
    const path = await mkdtemp(join(tmpdir(), 'sessions-'));
    const store = new (fileStore(session))({ path, retries: 0, reapInterval: -1, logFn: () => undefined });
    return { store, close: () => rm(path, { recursive: true, force: true }) };
  });
});
