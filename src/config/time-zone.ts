import { knownTimeZone } from '../pages/common/time-zones.js';
import { ConfigError } from './config-error.js';

/**
 * The provider's time zone.
 * @throws ConfigError when the name is not in the IANA database.
 */
export function timeZone(name: string): string {
  const known = knownTimeZone(name);
  if (known === null)
    throw new ConfigError(
      'PORTAL_TIME_ZONE must be a time zone of the IANA database, such as Europe/Berlin.',
    );
  return known;
}
