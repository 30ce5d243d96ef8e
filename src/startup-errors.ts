import { ConfigError } from './config/config-error.js';
import { DatabaseConnectionError } from './database/connection/connect.js';
import { errorCode, errorMessage, errorTrace } from './error-facts.js';
import { CommandError } from './portal/modules/operator-command.js';
import { installedModules } from './portal/modules/installed-modules.js';

const sentences = [
  CommandError,
  ConfigError,
  DatabaseConnectionError,
  ...installedModules.flatMap(({ startErrors = [] }) => startErrors),
];

/** The message for the operator when the portal cannot start: one sentence if the reason is known, else the stack. */
export function startupErrorMessage(error: unknown): string {
  if (sentences.some((known) => error instanceof known)) return errorMessage(error);
  return listening[errorCode(error)]?.(place(error)) ?? errorTrace(error);
}

/** The reasons why the portal cannot listen. */
const listening: Readonly<Record<string, (place: string) => string>> = {
  EADDRINUSE: (place) => `${place} is taken: set PORT or HOST to another one.`,
  EADDRNOTAVAIL: (place) => `${place} is not an address of this machine: set HOST to another one.`,
  EACCES: (place) => `The portal may not listen on ${place}: set PORT to another one.`,
};

function place(error: unknown): string {
  const { address, port } = (error ?? {}) as { address?: string; port?: number };
  return `${address ?? ''}:${port ?? ''}`;
}
