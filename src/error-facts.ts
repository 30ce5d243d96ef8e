/**
 * What is known of something thrown, by its shape: errors of the machine, of drivers and of modules need not be of this
 * program's own `Error` class.
 */
interface Facts {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
}

function factsOf(error: unknown): Facts {
  return typeof error === 'object' && error !== null ? error : {};
}

/** Its code, such as ENOENT; empty when it has none. */
export function errorCode(error: unknown): string {
  const { code } = factsOf(error);
  return typeof code === 'string' ? code : '';
}

/** What it says; the thing itself as text when it is no error. */
export function errorMessage(error: unknown): string {
  const { message } = factsOf(error);
  return typeof message === 'string' ? message : String(error);
}

/** For the log: where it came from, if known. */
export function errorTrace(error: unknown): string {
  const { stack } = factsOf(error);
  return typeof stack === 'string' ? stack : errorMessage(error);
}
