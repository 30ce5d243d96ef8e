import { limits } from '../../limits.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The limits of the mail queue; times in milliseconds. */
export const mailLimits = {
  /** How many mails one process delivers at once, and how many it keeps in memory; the rest waits for a sweep. */
  atOnce: 5,
  inMind: 500,
  /** Longest delivery of one mail, and the longer duration of a claim. */
  deliveryMs: 5 * minute,
  claimMs: 10 * minute,
  /** Waits between tries double from the first to the longest. */
  firstWaitMs: 30_000,
  longestWaitMs: hour,
  /** RFC 5321 §4.5.4.1: at least four to five days. */
  givenUpAfterMs: 5 * day,
  /** A mail is tried at least this often before it is given up, however old it is: about three hours. */
  leastTries: 10,
  /** How many mails of one kind to one address become due per hour. More wait, but never longer than `longestQueueMs`. */
  perHour: limits.mails.points,
  longestQueueMs: day,
  /** How long the rows of sent and given-up mails are kept. */
  keptMs: 30 * day,
  /** How long a shutdown waits for deliveries in progress. */
  stopMs: 5_000,
} as const;

/** The wait after this number of failures, in milliseconds. */
export function waitAfter(tries: number): number {
  return Math.min(mailLimits.firstWaitMs * 2 ** (tries - 1), mailLimits.longestWaitMs);
}
