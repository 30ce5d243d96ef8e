import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseKind, emptyDatabase } from '../databases/databases.js';
import { FixedClock } from './fixed-clock.js';

/** The environment of a portal: a data folder, an empty database and a clock. */
export interface TestEnvironment {
  readonly folder: string;
  /** The database URL. */
  readonly url: string;
  readonly clock: FixedClock;
  /** Deletes it. */
  leave(): Promise<void>;
}

/** Creates an environment for one test. */
export async function newTestEnvironment(kind: DatabaseKind): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const { url, drop } = await emptyDatabase(kind, folder);
  const leave = async () => {
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, url, clock: new FixedClock(), leave };
}
