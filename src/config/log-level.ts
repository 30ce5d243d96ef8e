import type { LogLevel } from '@nestjs/common';

/** The levels of `LOG_LEVEL`, and what Nest logs at each. `info` includes the modules and routes of the start. */
const logLevels = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
} as const satisfies Record<string, readonly LogLevel[]>;

/** The least important messages that are logged. */
export type PortalLogLevel = keyof typeof logLevels;

export const logLevelNames = Object.keys(logLevels) as PortalLogLevel[];

/** The levels of Nest that are logged. */
export function nestLogLevels(level: PortalLogLevel): LogLevel[] {
  return [...logLevels[level]];
}
