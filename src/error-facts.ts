/**
 * The known members of a thrown value. Errors of Node, drivers and modules need not be instances of this program's `Error`
 * class.
 */
interface Facts {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
}

function factsOf(error: unknown): Facts {
  return typeof error === 'object' && error !== null ? error : {};
}

/** Its code, such as ENOENT; empty when there is none. */
export function errorCode(error: unknown): string {
  const { code } = factsOf(error);
  return typeof code === 'string' ? code : '';
}

/** Its message; a value that is no error is converted to text. */
export function errorMessage(error: unknown): string {
  const { message } = factsOf(error);
  return typeof message === 'string' ? message : String(error);
}

/** Its stack for the log, if known. */
export function errorTrace(error: unknown): string {
  const { stack } = factsOf(error);
  return typeof stack === 'string' ? stack : errorMessage(error);
}
