/** An encrypted value cannot be trusted: edited, truncated, of another row, or encrypted with another key of the same id. */
export class DamagedValueError extends Error {
  override readonly name: string = 'DamagedValueError';
}

/** An encrypted value names a key that the key ring does not have. */
export class MissingKeyError extends DamagedValueError {
  override readonly name = 'MissingKeyError';
}
