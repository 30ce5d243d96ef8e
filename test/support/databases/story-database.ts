import { Logger } from '@nestjs/common';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { DatabaseKind } from './databases.js';
import { type Scratch, scratchDatabase } from './scratch-database.js';

/** A database for the stories of a `describe`; it is there from its `beforeAll` on. */
export interface StoryDatabase {
  readonly database: DataSource;
}

/** Each story finds none of these rows, and nobody who still listens from an earlier one; nothing is logged meanwhile. */
export function storyDatabase(kind: DatabaseKind, rows: EntityTarget<ObjectLiteral>): StoryDatabase {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    await scratch.database.manager.clear(rows);
    scratch.database.subscribers.length = 0;
  });
  afterAll(async () => {
    Logger.overrideLogger(['error', 'warn', 'log']);
    await scratch.close();
  });
  return {
    get database() {
      return scratch.database;
    },
  };
}
