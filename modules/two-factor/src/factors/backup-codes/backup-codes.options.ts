/** Options of a host for backup codes. */
export class BackupCodesOptions {
  /** How many codes make a set: 1 to 10. Default: 10. */
  count = 10;
}

/**
 * The options with their defaults.
 * @throws RangeError for a count outside 1–10.
 */
export function backupCodesOptions(given: Partial<BackupCodesOptions> = {}): BackupCodesOptions {
  const options = Object.assign(new BackupCodesOptions(), given);
  if (!Number.isInteger(options.count) || options.count < 1 || options.count > 10) {
    throw new RangeError(`backupCodes: count must be a whole number from 1 to 10, not ${options.count}.`);
  }
  return options;
}
