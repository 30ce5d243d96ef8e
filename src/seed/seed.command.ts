import { installedModules } from '../portal/modules/installed-modules.js';
import {
  CommandError,
  type CommandAnswer,
  type AppContext,
  type OperatorCommand,
} from '../portal/modules/operator-command.js';
import type { SeededAccount } from '../portal/modules/portal-module.js';
import { groupsOf } from './seeded-people.js';
import { seedAccounts } from './seeded-accounts.js';
import { seedWish } from './seed-wish.js';

/**
 * Number of accounts written in one transaction: large enough to be fast, small enough for a portal that runs at the same time.
 */
const groupSize = 500;

/**
 * Fills the database with accounts for load tests. They have no history: no event, no mail, no audit entry, no backup codes.
 * Existing rows stay unchanged, so a seed can be repeated and enlarged.
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
      throw new CommandError(
        'There is no seed in production: the password of these accounts would be known.',
      );
    const queued = seedWish(options, process.env['SEED_PASSWORD']);
    const seed = await seedAccounts(place, queued.password);
    const counts = { accounts: 0, enrolled: 0 };
    for (const people of groupsOf(queued, groupSize)) {
      counts.accounts += await seed(people);
      counts.enrolled += await protect(
        place,
        people.filter(({ enrolled }) => enrolled),
      );
    }
    const text = `Made ${counts.accounts} of ${queued.accounts} accounts, and turned two-factor on for ${counts.enrolled}.`;
    return { text, json: { wished: queued.accounts, made: counts } };
  },
};

/** Lets the installed modules protect these accounts. Returns how many they protected. */
async function protect(place: AppContext, accounts: readonly SeededAccount[]): Promise<number> {
  let count = 0;
  for (const installed of installedModules) count += (await installed.seed?.(place, accounts)) ?? 0;
  return count;
}
