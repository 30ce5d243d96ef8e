import { userInfo } from 'node:os';
import type { Actor } from '../../events/portal-event.js';
import { CommandRefused } from './operator-command.js';

/** Whoever types the command, as events and the audit name them. */
export function operator(): Actor & { readonly type: 'cli' } {
  return { type: 'cli', id: userInfo().username };
}

/** Why an operator does it; kept in the audit. @throws CommandRefused where it is empty or longer than 200 characters. */
export function reasonOf(given: unknown): string {
  const reason = typeof given === 'string' ? given.trim() : '';
  if (reason === '' || reason.length > 200) throw new CommandRefused('Give a reason of 1 to 200 characters.');
  return reason;
}
