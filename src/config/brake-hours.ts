import type { Environment } from './environment.js';
import { ConfigError } from './config-error.js';

/**
 * `BRAKE_HOURS`: how long dangerous actions wait after a change that a thief could have made. 0: not at all.
 * @throws ConfigError
 */
export function brakeHours(from: Environment): number {
  const text = from.text('BRAKE_HOURS', '72');
  const hours = Number(text);
  if (/^\d{1,3}$/.test(text) && (hours === 0 || (hours >= 24 && hours <= 168))) return hours;
  throw new ConfigError('BRAKE_HOURS must be 0, or a whole number from 24 to 168.');
}
