import type { Role } from '../../accounts/account.js';

/** Limits of a session, in milliseconds. */
interface Limits {
  /** Longest time without a request. */
  readonly idle: number;
  /** Longest total time. */
  readonly absolute: number;
}

const minute = 60_000;
const hour = 60 * minute;

const customers: Limits = { idle: 30 * minute, absolute: 24 * hour };
const staff: Limits = { idle: 15 * minute, absolute: 12 * hour };
/**
 * The gate's own limit ends a pending login earlier. The row lives longer, so that the gate can say that the login has expired.
 */
const pending: Limits = { idle: 30 * minute, absolute: 30 * minute };

/** Shortest interval between two updates of the last request's time. */
export const lastSeenEvery = minute;

/** No session lives longer than this after its last request, so older rows can be deleted. */
export const longestLife = customers.absolute;

/** Times of a row, UTC ms. */
export interface SessionTimes {
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly signedInAt: number | null;
}

/** Returns whether the session is within its limits (ASVS 7.3.1, 7.3.2). */
export function isWithinLimits(times: SessionTimes, role: Role, now: number): boolean {
  const limits = limitsOf(times, role);
  const begun = times.signedInAt ?? times.createdAt;
  return now - times.lastSeenAt < limits.idle && now - begun < limits.absolute;
}

function limitsOf({ signedInAt }: SessionTimes, role: Role): Limits {
  if (signedInAt === null) return pending;
  return role === 'customer' ? customers : staff;
}
