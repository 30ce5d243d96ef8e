/** The limits of waits for a database server, in milliseconds. */
export interface DatabaseTimeouts {
  /** For a connection: until the pool has one to give, or the server has accepted a new one. */
  readonly connection: number;
  /** For a lock that another transaction holds. The server enforces it; MariaDB and MySQL count it in whole seconds. */
  readonly lock: number;
  /** For a statement to run; the server cancels it then. MySQL does so with SELECT alone. */
  readonly statement: number;
  /** For an answer, longer than `statement`. A connection without one is closed, and its place in the pool is free again. */
  readonly answer: number;
  /** For the next statement of an open transaction. The server then rolls it back, so that no lock outlives its client. MySQL has no such limit. */
  readonly transaction: number;
}

/**
 * For web requests that must be answered within 5 s. A request ends with the first statement that fails, except for one more
 * that refunds a count: twice `answer`, or twice `connection`, must fit. `statement` is shorter than `answer`, so that the
 * server itself cancels a slow statement, and only a silent server costs a connection.
 */
export const requestTimeouts: DatabaseTimeouts = {
  connection: 2_000,
  lock: 1_000,
  statement: 1_500,
  answer: 2_000,
  transaction: 5_000,
};

/** The idle time before the operating system probes a connection (TCP keep-alive), then once a second, in milliseconds. */
export const keepAliveDelay = 5_000;

/** How long the pool keeps an unused connection, in milliseconds. An older one may be dead without notice. */
export const idleFor = 10_000;
