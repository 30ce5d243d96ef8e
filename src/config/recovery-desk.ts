import type { Environment } from './environment.js';

/** The recovery desk as this provider wants it. */
export interface RecoveryDeskConfig {
  /** The wait after the request, in hours. */
  readonly waitHours: number;
  /** How many agents must approve. */
  readonly agents: number;
}

/**
 * Reads `RECOVERY_DESK`, `RECOVERY_WAIT_HOURS` and `RECOVERY_AGENTS`; false: there is no desk.
 * @throws ConfigError
 */
export function recoveryDesk(from: Environment): RecoveryDeskConfig | false {
  const waitHours = from.whole('RECOVERY_WAIT_HOURS', 72, 168, 24);
  const agents = from.whole('RECOVERY_AGENTS', 1, 2, 1);
  return from.oneOf('RECOVERY_DESK', ['on', 'off'] as const, 'on') === 'on' && { waitHours, agents };
}
