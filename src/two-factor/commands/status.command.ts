import { TwoFactor, type TwoFactorStatus } from 'nestjs-two-factor';
import type { CommandAnswer, OperatorCommand } from '../../portal/modules/operator-command.js';
import { accountByEmail } from '../../accounts/account-by-email.js';
import { AccountPasswordWaits } from '../../auth/password/attempts/account-password-waits.js';
import type { PasswordWait } from '../../auth/password/attempts/password-waits.js';

/** Prints the two-factor state of an account, without secrets. */
export const statusCommand: OperatorCommand = {
  name: 'two-factor:status',
  summary: 'show the two-factor state of an account',
  arguments: '<email>',
  async run(place, given): Promise<CommandAnswer> {
    const account = await accountByEmail(place, given.arguments[0]);
    const status = await (await place.get(TwoFactor)).status(account.id);
    const passwords = await (await place.get(AccountPasswordWaits)).of(account.id);
    const factors = status.factors.map(
      ({ kind, label, lastUsedAt }) => `  ${kind} "${label}", ${used(lastUsedAt)}`,
    );
    const left = Object.entries(status.left).map(([name, count]) => `  ${inWords(name)}: ${count}`);
    const text = [
      `${account.email}: two-factor ${stateOf(status)}`,
      ...factors,
      ...left,
      ...codeLine(status.oneTimeCodeUntil),
      ...waitLines(status.wait),
      ...brakeLines(status),
      ...passwords.map(passwordLine),
    ].join('\n');
    return { text, json: { ...status, email: account.email, passwords } };
  },
};

function stateOf({ damaged, enabled, mustEnroll }: TwoFactorStatus): string {
  if (damaged) return 'is DAMAGED';
  if (mustEnroll) return 'must be set up again at the next sign-in';
  return enabled ? 'is on' : 'is off';
}

function codeLine(until: number | null): string[] {
  return until === null ? [] : [`  a code for one sign-in is open until ${new Date(until).toISOString()}`];
}

/** The name of a field as words: `backupCodesLeft` is `backup codes left`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function used(at: number | null): string {
  return at === null ? 'not used yet' : `last used ${new Date(at).toISOString()}`;
}

/** Empty for an account without wrong codes. */
function waitLines({ failed, until, stopped }: TwoFactorStatus['wait']): string[] {
  if (failed === 0) return [];
  if (stopped) return [`  wrong codes in a row: ${failed}; STOPPED, see two-factor:unlock`];
  return [`  wrong codes in a row: ${failed}; ${waitText(until)}`];
}

/** Empty where no dangerous action has to wait. */
function brakeLines({ brake, frozen }: TwoFactorStatus): string[] {
  const locked = frozen ? ['  LOCKED after a report of the owner, until the password was set anew'] : [];
  if (!brake) return locked;
  const [since, until] = [brake.startedAt, brake.until].map((at) => new Date(at).toISOString());
  return [...locked, `  dangerous actions wait since ${since} (${brake.cause}), until ${until}`];
}

function passwordLine({ network, failed, until }: PasswordWait): string {
  return `  wrong passwords from ${network}: ${failed}; ${waitText(until)}`;
}

function waitText(until: number | null): string {
  return until === null ? 'no wait' : `waits until ${new Date(until).toISOString()}`;
}
