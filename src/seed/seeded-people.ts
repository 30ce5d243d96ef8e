import { createHash } from 'node:crypto';
import type { SeedWish } from './seed-wish.js';

/** An account for load tests. All its values follow from its number. */
export interface SeededPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Whether two-factor is enabled. */
  readonly enrolled: boolean;
}

/** The requested people in their order, in groups of at most `size`. */
export function* groupsOf(queued: Pick<SeedWish, 'accounts' | 'enrolled'>, size: number) {
  for (let first = 1; first <= queued.accounts; first += size) {
    const length = Math.min(size, queued.accounts - first + 1);
    yield Array.from({ length }, (_, i) => person(first + i, queued.enrolled));
  }
}

/** A share of 0.25 means every fourth account. The choice does not depend on the number of accounts. */
function person(number: number, share: number): SeededPerson {
  const email = `user${String(number).padStart(6, '0')}@example.net`;
  const enrolled = Math.floor(number * share) > Math.floor((number - 1) * share);
  return { id: idOf(email), email, name: `User ${number}`, enrolled };
}

/** An id in the format of the portal's other ids. It is always the same, so that a seed can be repeated. */
function idOf(email: string): string {
  const hash = createHash('sha256').update(email).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
