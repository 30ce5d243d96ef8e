/** How long a database server may keep its callers waiting, in milliseconds. */
export interface WaitLimits {
  /** For a connection: until the pool has one to give, or the server has accepted a new one. */
  readonly connection: number;
  /** For a lock that another transaction holds, as the server sees to it; MariaDB and MySQL count it in whole seconds. */
  readonly lock: number;
  /** For a statement to run; the server cancels it then. MySQL does so with SELECT alone. */
  readonly statement: number;
  /** For an answer, longer than `statement`: a connection that has none by then is closed, and its place is free again. */
  readonly answer: number;
  /** For the next statement of an open transaction: the server rolls it back then, so that no lock outlives its client. MySQL has no such limit. */
  readonly transaction: number;
}

/**
 * For people who wait for a page, which is to come within 5 s: a request ends with the first statement that fails, but for one that
 * takes back what it had counted, so twice `answer`, or twice `connection`, must fit. `statement` is shorter than `answer`: the
 * server itself ends what is only slow, and only silence costs a connection.
 */
export const requestWaits: WaitLimits = {
  connection: 2_000,
  lock: 1_000,
  statement: 1_500,
  answer: 2_000,
  transaction: 5_000,
};

/** After how long without traffic the system asks whether the other end is still there, then once a second, in milliseconds. */
export const keepAliveDelay = 5_000;

/** How long the pool keeps a connection that is not used, in milliseconds: it may have died unnoticed. */
export const idleFor = 10_000;
