import { ConfigRefused } from './config/refused.js';
import { DatabaseRefused } from './database/connect.js';
import { errorCode, errorMessage, errorTrace } from './error-facts.js';
import { CommandRefused } from './portal/operator-command.js';

const sentences = [CommandRefused, ConfigRefused, DatabaseRefused];

/** What an operator is told when the portal cannot start: one sentence where the reason is known, else the stack. */
export function sentenceOf(error: unknown): string {
  if (sentences.some((known) => error instanceof known)) return errorMessage(error);
  const { port, address } = (error ?? {}) as { port?: number; address?: string };
  const code = errorCode(error);
  if (code === 'EADDRINUSE')
    return `${address ?? ''}:${port ?? ''} is taken: set PORT or HOST to another one.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `The portal cannot listen on ${address ?? ''}:${port ?? ''}: set PORT or HOST to another one.`;
  return errorTrace(error);
}
