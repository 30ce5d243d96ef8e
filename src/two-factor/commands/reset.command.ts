import { Problem, TwoFactor } from 'nestjs-two-factor';
import { accountByEmail } from '../../accounts/account-by-email.js';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { operator, reasonOf } from '../../portal/modules/operator.js';

/** Removes all factors of an account. The change is audited, every session ends, the owner gets a mail. */
export const resetCommand: OperatorCommand = {
  name: 'two-factor:reset',
  summary: 'remove all two-factor methods of an account; its password alone then signs in',
  arguments: '<email>',
  options: [{ flags: '--reason <text>', summary: 'why; kept in the audit', required: true }],
  async run(place, given): Promise<CommandAnswer> {
    const account = await accountByEmail(place, given.arguments[0]);
    const reason = reasonOf(given.options['reason']);
    const twoFactor = await place.get(TwoFactor);
    const reset = await twoFactor.reset(account.id, reason, operator()).catch(asRefusal);
    const text = reset
      ? `The two-factor of ${account.email} was reset; its owner gets a mail.`
      : `${account.email} has no two-factor: nothing to reset.`;
    return { text, json: { email: account.email, reset } };
  },
};

function asRefusal(error: unknown): never {
  throw error instanceof Problem ? new CommandError(error.message) : error;
}
