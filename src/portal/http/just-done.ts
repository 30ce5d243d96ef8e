import type { Request } from 'express';

/**
 * What was done just now, as the address says that a form led to (`?done=…`): one of these, else null. It is there to be told
 * on the page, and nothing else depends on it.
 */
export function justDone<T extends string>(request: Request, known: readonly T[]): T | null {
  return known.find((each) => each === request.query['done']) ?? null;
}
