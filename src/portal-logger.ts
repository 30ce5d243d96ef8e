import { isatty } from 'node:tty';
import { ConsoleLogger } from '@nestjs/common';
import type { Config } from './config.js';
import { nestLogLevels } from './config/log-level.js';

/** Whether both outputs are terminals: warnings go to one and errors to the other, and files must get no colour codes. */
function isTerminal(): boolean {
  return isatty(1) && isatty(2) && !process.env['NO_COLOR'];
}

/** The log: readable lines, in production one JSON object a line. */
export function portalLogger({
  production,
  logLevel,
}: Pick<Config, 'production' | 'logLevel'>): ConsoleLogger {
  return new ConsoleLogger({
    json: production,
    colors: !production && isTerminal(),
    logLevels: nestLogLevels(logLevel),
  });
}
