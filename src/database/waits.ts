import type { DatabaseTimeouts } from 'typeorm-unit-of-work';

/** How long the database may keep its callers waiting, in milliseconds. */
export interface Waits extends DatabaseTimeouts {
  /** For another process that holds SQLite's file. */
  readonly file: number;
}

/**
 * For web requests: whatever the database does, they are answered within 5 s. A request ends with the first statement that fails, but for one
 * that takes back what it had counted: twice `answer`, or twice `connection`, must fit. `statement` is shorter than `answer`, so that the
 * server itself ends what is only slow, and only silence costs a connection.
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

/** For migrations and for the operators' command line, whose statements go through whole tables. */
export const longWork: Waits = {
  connection: 10_000,
  lock: minute,
  statement: 10 * minute,
  answer: 11 * minute,
  transaction: 10 * minute,
  file: minute,
};
