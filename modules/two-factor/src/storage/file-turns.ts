import { setTimeout as pause } from 'node:timers/promises';
import { driverCode } from './passing-failure.js';
import { Turns } from './turns.js';

/** The pauses between two tries, in milliseconds. */
const firstPause = 2;
const longestPause = 40;

/** Another process writes, or puts the file in order after a crash. */
const busy = new Set(['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY']);

/** Turns on a SQLite file that other processes write to as well. */
export class FileTurns extends Turns {
  /** `filePatience`: how long to wait for another process, in milliseconds. */
  constructor(private readonly filePatience: number) {
    super();
  }

  /**
   * Takes a turn and does its first statement. While another process holds the file the turn is given back between two tries, so that
   * reads go on; the event loop is free meanwhile. Keeps the turn when the statement succeeded.
   * @throws the error of the statement; SQLITE_BUSY when the patience ran out.
   */
  async begin<T>(who: object, first: () => T | Promise<T>): Promise<T> {
    const until = performance.now() + this.filePatience;
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      await this.enter(who);
      try {
        return await first();
      } catch (error) {
        this.leave(who);
        if (!busy.has(driverCode(error)) || performance.now() > until) throw error;
      }
      await pause(wait * (0.5 + Math.random()));
    }
  }
}

/** What is needed of a connection of better-sqlite3. */
interface Connection {
  pragma(sql: string): unknown;
}

const known = new WeakSet<Connection>();

/** Has the driver say at once that the file is busy: it waits in the event loop's place, and nothing else of the process would run. */
export function neverWaits(connection: Connection): void {
  if (known.has(connection)) return;
  connection.pragma('busy_timeout = 0');
  known.add(connection);
}
