import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { type Role, roles } from '../accounts/account.js';
import { InvalidAccountError, Accounts } from '../accounts/accounts.service.js';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../portal/modules/operator-command.js';

/** Creates an account. */
export const accountCreate: OperatorCommand = {
  name: 'account:create',
  summary: 'create an account; without --password-stdin its password is random and printed once',
  options: [
    { flags: '--email <address>', summary: 'its e-mail address', required: true },
    { flags: '--name <name>', summary: 'what pages and mails call this person', required: true },
    { flags: '--role <role>', summary: roles.join(', '), required: true },
    { flags: '--password-stdin', summary: 'the password is the first line of standard input' },
  ],
  async run(place, { options }): Promise<CommandAnswer> {
    const given = options['passwordStdin'] === true ? await firstLine() : null;
    const password = given ?? randomBytes(15).toString('base64url');
    const wanted = { ...facts(options), password };
    const { id, email, role } = await (await place.get(Accounts)).create(wanted).catch(asRefusal);
    const printed = given === null ? { password } : {};
    const text = `Made ${role} ${email} (${id}).${given === null ? ` Password: ${password}` : ''}`;
    return { text, json: { ...printed, id, email, role } };
  },
};

function facts(options: Readonly<Record<string, unknown>>) {
  return { email: String(options['email']), name: String(options['name']), role: options['role'] as Role };
}

/** Removes only the line end, since spaces may belong to a password. */
async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new CommandError('There was no password on standard input.');
}

function asRefusal(error: unknown): never {
  throw error instanceof InvalidAccountError ? new CommandError(error.message) : error;
}
