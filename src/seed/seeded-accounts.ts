import { DataSource, In, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { AccountRow } from '../accounts/account.entity.js';
import { Accounts, type NewPassword } from '../accounts/accounts.service.js';
import { Clock } from '../clock.js';
import { CommandError, type AppContext } from '../portal/modules/operator-command.js';
import type { SeededPerson } from './seeded-people.js';

/** Writes the people that do not exist yet; returns their number. */
type Seed = (people: readonly SeededPerson[]) => Promise<number>;

/**
 * Prepares writing accounts with this one password. It is hashed once, because twenty thousand hashes would take a quarter of
 * an hour.
 */
export async function seedAccounts(place: AppContext, password: string): Promise<Seed> {
  const accounts = await place.get(Accounts);
  const [database, clock] = [await place.get(DataSource), await place.get(Clock)];
  const shared = await accounts.newPassword(password);
  return async (people) => {
    const known = await idsByEmail(people, database.manager);
    await refuseOthers(people, known, (id) => accounts.checkPassword(id, password));
    const rows = people.filter(({ email }) => !known.has(email)).map((one) => row(one, shared, clock.now()));
    if (rows.length > 0) await transaction(database, (manager) => insert(rows, manager));
    return rows.length;
  };
}

async function idsByEmail(people: readonly SeededPerson[], manager: EntityManager) {
  const where = { email: In(people.map(({ email }) => email)) };
  const rows = await manager.find(AccountRow, { select: { id: true, email: true }, where });
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** One check for each group is enough: seeded accounts share their password. */
async function refuseOthers(
  people: readonly SeededPerson[],
  known: ReadonlyMap<string, string>,
  fits: (id: string) => Promise<boolean>,
): Promise<void> {
  const there = people.filter(({ email }) => known.has(email));
  const stranger = there.find(({ id, email }) => known.get(email) !== id);
  if (stranger) throw new CommandError(`${stranger.email} is an account that was not seeded.`);
  const [first] = there;
  if (first && !(await fits(first.id)))
    throw new CommandError(`${first.email} was seeded before, with another SEED_PASSWORD.`);
}

function row({ id, email, name }: SeededPerson, password: NewPassword, createdAt: number): AccountRow {
  const { hash: passwordHash, stamp } = password;
  return {
    id,
    email,
    name,
    role: 'customer',
    passwordHash,
    stamp,
    sessionsVersion: 0,
    suspendedAt: null,
    locale: null,
    timeZone: null,
    credentialsChangedAt: null,
    createdAt,
  };
}

async function insert(rows: AccountRow[], manager: EntityManager): Promise<void> {
  await manager.createQueryBuilder().insert().into(AccountRow).values(rows).updateEntity(false).execute();
}
