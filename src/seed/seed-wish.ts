import { acceptablePassword } from '../accounts/passwords/passwords.js';
import { CommandError } from '../portal/modules/operator-command.js';

/** The parameters of a seed. */
export interface SeedWish {
  /** Accounts 1 to this number. */
  readonly accounts: number;
  /** The share of accounts with two-factor enabled, from 0 to 1; they are spread evenly. */
  readonly enrolled: number;
  /** The password of all accounts. */
  readonly password: string;
}

/** Numbers in the addresses have six digits. */
const most = 999_999;

/** @throws CommandError with a sentence when the options are not valid. */
export function seedWish(options: Readonly<Record<string, unknown>>, password = ''): SeedWish {
  if (!acceptablePassword(password))
    throw new CommandError('SEED_PASSWORD must be the password of the seeded accounts: 8 to 128 characters.');
  return { accounts: numberOf(options['accounts']), enrolled: shareOf(options['enrolled'] ?? '1'), password };
}

function numberOf(given: unknown): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new CommandError(`--accounts is a whole number from 1 to ${most}.`);
}

function shareOf(given: unknown): number {
  const share = given === '' ? NaN : Number(given);
  if (share >= 0 && share <= 1) return share;
  throw new CommandError('--enrolled is a share from 0 to 1, such as 0.5.');
}
