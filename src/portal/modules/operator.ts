import { userInfo } from 'node:os';
import type { Actor } from '../../events/portal-event.js';
import { CommandError } from './operator-command.js';

/** The operator who runs the command, as the actor of events and audit entries. */
export function operator(): Actor & { readonly type: 'cli' } {
  return { type: 'cli', id: userInfo().username };
}

/**
 * The operator's reason, stored in the audit log.
 * @throws CommandError when it is empty or longer than 200 characters.
 */
export function reasonOf(given: unknown): string {
  const reason = typeof given === 'string' ? given.trim() : '';
  if (reason === '' || reason.length > 200) throw new CommandError('Give a reason of 1 to 200 characters.');
  return reason;
}
