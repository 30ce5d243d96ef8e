import type { Role } from '../../accounts/account.js';

/** How long a session lasts, in milliseconds. */
interface Limits {
  /** Without a request. */
  readonly idle: number;
  /** Altogether. */
  readonly absolute: number;
}

const minute = 60_000;
const hour = 60 * minute;

const customers: Limits = { idle: 30 * minute, absolute: 24 * hour };
const staff: Limits = { idle: 15 * minute, absolute: 12 * hour };
/** A held login ends sooner than this by its gate's own limit; the row outlives that, so that the gate can say so. */
const held: Limits = { idle: 30 * minute, absolute: 30 * minute };

/** How often the last request is written down. */
export const lastSeenEvery = minute;

/** No session lives longer than this after its last request: rows older than that can go. */
export const longestLife = customers.absolute;

/** Times of a row, UTC ms. */
export interface SessionTimes {
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly signedInAt: number | null;
}

/** Has this session not outlived its limits (ASVS 7.3.1, 7.3.2)? */
export function isWithinLimits(times: SessionTimes, role: Role, now: number): boolean {
  const limits = limitsOf(times, role);
  const begun = times.signedInAt ?? times.createdAt;
  return now - times.lastSeenAt < limits.idle && now - begun < limits.absolute;
}

function limitsOf({ signedInAt }: SessionTimes, role: Role): Limits {
  if (signedInAt === null) return held;
  return role === 'customer' ? customers : staff;
}
