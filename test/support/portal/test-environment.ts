import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseKind, emptyDatabase } from '../databases/databases.js';
import { tablesOfPortal } from '../databases/kept-databases.js';
import { FixedClock } from './fixed-clock.js';

/** The environment of a portal: a data folder, a database without a row and a clock. */
export interface TestEnvironment {
  readonly folder: string;
  /** The database URL. */
  readonly url: string;
  readonly clock: FixedClock;
  /** Deletes it. */
  leave(): Promise<void>;
}

/** Creates an environment for one test. `isEmpty`: the database has no tables yet. */
export async function newTestEnvironment(kind: DatabaseKind, isEmpty = false): Promise<TestEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const { url, drop } = await (isEmpty ? emptyDatabase : tablesOfPortal)(kind, folder);
  const leave = async () => {
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, url, clock: new FixedClock(), leave };
}
