const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The numbers of the mail queue; times in milliseconds. */
export const mailLimits = {
  /** How many mails one process delivers at once, and how many it keeps in mind; the rest waits for a sweep. */
  atOnce: 5,
  inMind: 500,
  /** How long the delivery of one mail may take, and, longer, how long a claim lasts. */
  deliveryMs: 5 * minute,
  claimMs: 10 * minute,
  /** Waits between tries double from the first to the longest. */
  firstWaitMs: 30_000,
  longestWaitMs: hour,
  /** RFC 5321 §4.5.4.1: at least four to five days. */
  givenUpAfterMs: 5 * day,
  /** However old a mail is, it is tried so often before it is given up: about three hours. */
  leastTries: 10,
  /** How many mails of one kind to one address fall due in an hour; more wait, but never longer than `longestQueueMs`. */
  perHour: 30,
  longestQueueMs: day,
  /** How long the rows of mails stay that are sent or given up. */
  keptMs: 30 * day,
  /** How long a stop waits for what is under way. */
  stopMs: 5_000,
} as const;

/** How long to wait after so many failures, in milliseconds. */
export function waitAfter(tries: number): number {
  return Math.min(mailLimits.firstWaitMs * 2 ** (tries - 1), mailLimits.longestWaitMs);
}
