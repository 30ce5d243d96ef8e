import type { DatabaseTimeouts } from 'typeorm-unit-of-work';

/** The time limits of database calls, in milliseconds. */
export interface Waits extends DatabaseTimeouts {
  /** For another process that holds SQLite's file. */
  readonly file: number;
}

/**
 * For web requests, which are answered within 5 s in any case. A request ends with the first statement that fails,
 * except for one more that refunds a count: twice `answer`, or twice `connection`, must fit. `statement` is shorter
 * than `answer`, so that the server itself ends slow statements, and only a silent server costs a connection.
 */
export const requests: Waits = {
  connection: 2_000,
  lock: 1_000,
  statement: 1_500,
  answer: 2_000,
  transaction: 5_000,
  file: 4_000,
};

const minute = 60_000;

/** For migrations and the operators' command line, with statements over whole tables. */
export const longWork: Waits = {
  connection: 10_000,
  lock: minute,
  statement: 10 * minute,
  answer: 11 * minute,
  transaction: 10 * minute,
  file: minute,
};
