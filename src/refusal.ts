import { ConfigRefused } from './config/refused.js';
import { DatabaseRefused } from './database/connect.js';

/** What an operator is told when the portal cannot start: one sentence where the reason is known, else the stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigRefused || error instanceof DatabaseRefused) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE')
    return `${address ?? ''}:${port ?? ''} is taken: set PORT or HOST to another one.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `The portal cannot listen on ${address ?? ''}:${port ?? ''}: set PORT or HOST to another one.`;
  return error.stack ?? error.message;
}
