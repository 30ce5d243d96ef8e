import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseKind, emptyDatabase } from '../databases/databases.js';
import { FixedClock } from './fixed-clock.js';

/** What a portal stands on: a data folder, an empty database and a clock. */
export interface TestEnvironment {
  readonly folder: string;
  /** The database, as the environment names it. */
  readonly url: string;
  readonly clock: FixedClock;
  /** Clears up. */
  leave(): Promise<void>;
}

/** Ground that nobody else stands on. */
export async function newTestEnvironment(kind: DatabaseKind): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const { url, drop } = await emptyDatabase(kind, folder);
  const leave = async () => {
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, url, clock: new FixedClock(), leave };
}
