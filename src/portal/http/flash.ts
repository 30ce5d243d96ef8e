import type { Request } from 'express';

/**
 * The confirmation to show after a form, from the query (`?done=…`): one of these names, else null. It is only shown; nothing
 * else depends on it.
 */
export function flashFromQuery<T extends string>(request: Request, known: readonly T[]): T | null {
  return known.find((each) => each === request.query['done']) ?? null;
}
