import { installedModules } from '../portal/modules/installed-modules.js';
import {
  CommandRefused,
  type CommandAnswer,
  type CommandPlace,
  type OperatorCommand,
} from '../portal/modules/operator-command.js';
import type { SeededAccount } from '../portal/modules/portal-module.js';
import { groupsOf } from './seeded-people.js';
import { seedAccounts } from './seeded-accounts.js';
import { seedWish } from './seed-wish.js';

/** So many accounts are written in one unit: enough to be quick, few enough for a portal that runs beside it. */
const groupSize = 500;

/**
 * Fills the database with accounts for load tests. They are made without their story: no event, no mail, no audit
 * entry, no backup codes. What is there already stays as it is, so a seed can be repeated and enlarged.
 */
export const seedCommand: OperatorCommand = {
  name: 'seed',
  summary: 'fill the database with accounts for load tests, all with the password SEED_PASSWORD',
  options: [
    { flags: '--accounts <number>', summary: 'how many accounts there shall be', required: true },
    { flags: '--enrolled <share>', summary: 'the share of them with two-factor on, 0 to 1; without it all' },
  ],
  async run(place, { options }): Promise<CommandAnswer> {
    if (process.env['NODE_ENV'] === 'production')
      throw new CommandRefused('There is no seed in production: everybody would know how to sign in.');
    const wish = seedWish(options, process.env['SEED_PASSWORD']);
    const seed = await seedAccounts(place, wish.password);
    const counts = { accounts: 0, enrolled: 0 };
    for (const people of groupsOf(wish, groupSize)) {
      counts.accounts += await seed(people);
      counts.enrolled += await protect(
        place,
        people.filter(({ enrolled }) => enrolled),
      );
    }
    const text = `Made ${counts.accounts} of ${wish.accounts} accounts, and turned two-factor on for ${counts.enrolled}.`;
    return { text, json: { wished: wish.accounts, made: counts } };
  },
};

/** Lets the installed modules protect these accounts. Returns how many they protected. */
async function protect(place: CommandPlace, accounts: readonly SeededAccount[]): Promise<number> {
  let count = 0;
  for (const installed of installedModules) count += (await installed.seed?.(place, accounts)) ?? 0;
  return count;
}
