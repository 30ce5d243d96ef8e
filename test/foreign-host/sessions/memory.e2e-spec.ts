import { MemoryStore } from 'express-session';
import { sessionStoreStories } from '../support/session-store.rules.js';

describe('in express-session’s MemoryStore', () => {
  sessionStoreStories(() => Promise.resolve({ store: new MemoryStore(), close: () => Promise.resolve() }));
});
