import type { DataSource } from 'typeorm';
import type { DatabaseKind } from '../../../test/support/databases/databases.js';
import { FixedClock } from '../../../test/support/portal/fixed-clock.js';
import { storyDatabase, type StoryDatabase } from '../../../test/support/databases/story-database.js';
import { MailNode } from './mail-node.fixture.js';
import { MailRow } from './mail.entity.js';

/** The environment of mail tests: one database for all; an empty queue, a clock and a node for each. */
export class MailScene {
  clock: FixedClock;
  one: MailNode;

  constructor(private readonly testEnvironment: StoryDatabase) {}

  get database(): DataSource {
    return this.testEnvironment.database;
  }

  /** Another node of the same portal. A node with its own secret cannot read mails that the others sealed. */
  another(sessionSecret?: string): MailNode {
    return new MailNode(this.database, this.clock, sessionSecret);
  }

  /** The stored queue. */
  rows(): Promise<MailRow[]> {
    return this.database.manager.find(MailRow);
  }
}

/** Sets up the environment for the tests of a `describe`. */
export function mailScene(kind: DatabaseKind): MailScene {
  const scene = new MailScene(storyDatabase(kind, MailRow));
  beforeEach(() => {
    scene.clock = new FixedClock();
    scene.one = scene.another();
  });
  return scene;
}
