import { Logger } from '@nestjs/common';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { DatabaseKind } from './databases.js';
import { type Scratch, scratchDatabase } from './scratch-database.js';

/** A database for the stories of a `describe`, created in its `beforeAll`. */
export interface StoryDatabase {
  readonly database: DataSource;
}

/** Before each story these rows and the listeners of earlier stories are removed, and the log is silent. */
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
