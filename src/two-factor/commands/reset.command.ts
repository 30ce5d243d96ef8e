import { Problem, TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { accountByEmail } from '../../accounts/account-by-email.js';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { operator, reasonOf } from '../../portal/modules/operator.js';

type RequestedReset = Parameters<TwoFactor['reset']>[1];
type DoneReset = Awaited<ReturnType<TwoFactor['reset']>>;
type ResetMode = RequestedReset['mode'];

/** What the operator reads after each mode. */
const done: Readonly<Record<ResetMode, string>> = {
  disable: 'was reset; its owner gets a mail.',
  're-enrol': 'was reset and must be set up again at the next sign-in; its owner gets a mail.',
  'one-time-code': 'stays on. This code works for one sign-in, beside the password; its owner gets a mail:',
};

/** What the operator reads where there was nothing to do. */
const idle: Readonly<Record<ResetMode, string>> = {
  disable: 'has no two-factor: nothing to reset.',
  're-enrol': 'has no two-factor, or must set it up again already: nothing to reset.',
  'one-time-code': 'has no two-factor: nothing to reset.',
};

/** Resets the two-factor of an account. The change is audited, every session ends, the owner gets a mail. */
export const resetCommand: OperatorCommand = {
  name: 'two-factor:reset',
  summary:
    'reset the two-factor of an account: turn it off, have it set up again, or make a code for one sign-in',
  arguments: '<email>',
  options: [
    { flags: '--reason <text>', summary: 'why; kept in the audit', required: true },
    { flags: '--mode <mode>', summary: 'disable (default), re-enrol or one-time-code' },
    { flags: '--approved-by <name>', summary: 'who else approved it; needed within 24 hours after a change' },
  ],
  async run(place, given): Promise<CommandAnswer> {
    const account = await accountByEmail(place, given.arguments[0]);
    const request = requestOf(given.options);
    const twoFactor = await place.get(TwoFactor);
    const result = await twoFactor.reset(account.id, request, operator()).catch(asRefusal);
    return answerOf(account, result);
  },
};

/** @throws CommandError for an unknown mode, and without a reason. */
function requestOf({
  mode = 'disable',
  reason,
  approvedBy,
}: Readonly<Record<string, unknown>>): RequestedReset {
  if (!isMode(mode)) throw new CommandError(`The mode is one of ${Object.keys(done).join(', ')}.`);
  const second =
    typeof approvedBy === 'string' ? ({ type: 'cli', id: approvedBy.trim() } as const) : undefined;
  return { mode, reason: reasonOf(reason), approvedBy: second };
}

function isMode(mode: unknown): mode is ResetMode {
  return typeof mode === 'string' && Object.hasOwn(done, mode);
}

function answerOf({ email }: Account, { mode, reset, oneTimeCode }: DoneReset): CommandAnswer {
  const json = { email, reset, mode };
  if (!reset) return { text: `${email} ${idle[mode]}`, json };
  const text = `The two-factor of ${email} ${done[mode]}`;
  if (!oneTimeCode) return { text, json };
  const expiresAt = new Date(oneTimeCode.expiresAt).toISOString();
  return {
    text: `${text}\n${oneTimeCode.code}\nIt is not shown again, and ends at ${expiresAt}.`,
    json: { ...json, code: oneTimeCode.code, expiresAt },
  };
}

function asRefusal(error: unknown): never {
  throw error instanceof Problem ? new CommandError(error.message) : error;
}
