import { errorCode } from '../error-facts.js';

/** What the drivers say when a unique index has such a row already. */
const codes = new Set(['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE']);

/** Was a change refused because somebody else has what may be there once? The unit of work it was in is rolled back. */
export function isUniqueViolation(error: unknown): boolean {
  const { driverError } = (error ?? {}) as { driverError?: unknown };
  return codes.has(errorCode(driverError ?? error));
}
