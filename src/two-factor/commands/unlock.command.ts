import { Problem, TwoFactor } from 'nestjs-two-factor';
import { accountByEmail } from '../../accounts/account-by-email.js';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { operator, reasonOf } from '../../portal/modules/operator.js';

/** Ends the waits or the full stop after wrong passwords and codes. It is audited, and the owner gets a mail. */
export const unlockCommand: OperatorCommand = {
  name: 'two-factor:unlock',
  summary: 'end the waits or the full stop of an account after wrong passwords or codes; its factors stay',
  arguments: '<email>',
  options: [{ flags: '--reason <text>', summary: 'why; kept in the audit', required: true }],
  async run(place, given): Promise<CommandAnswer> {
    const account = await accountByEmail(place, given.arguments[0]);
    const reason = reasonOf(given.options['reason']);
    const twoFactor = await place.get(TwoFactor);
    const unlocked = await twoFactor.unlock(account.id, reason, operator()).catch(asRefusal);
    const text = unlocked
      ? `${account.email} can enter security codes again, and passwords too; its owner gets a mail.`
      : `${account.email} does not have to wait: nothing to unlock.`;
    return { text, json: { email: account.email, unlocked } };
  },
};

function asRefusal(error: unknown): never {
  throw error instanceof Problem ? new CommandError(error.message) : error;
}
