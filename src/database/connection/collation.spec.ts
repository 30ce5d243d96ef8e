import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { FixedClock } from '../../../test/support/portal/fixed-clock.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import { AccountRow } from '../../accounts/account.entity.js';
import { SessionRow } from '../../auth/sessions/rows/session.entity.js';
import { Sessions } from '../../auth/sessions/sessions.js';
import { exactCollation } from './collation.js';

/** Spellings that are easily taken for one another. */
const alike = (word: string) => [word, `${word} `, ` ${word}`, word.toUpperCase(), word.replace('a', 'ä')];

forEachDatabase('text on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => (scratch = await scratchDatabase(kind)));
  afterAll(() => scratch.close());

  function account(email: string): AccountRow {
    const facts = {
      name: 'Ann',
      role: 'customer',
      passwordHash: '',
      stamp: 'stamp',
      sessionsVersion: 0,
    } as const;
    return {
      ...facts,
      id: randomUUID(),
      email,
      suspendedAt: null,
      locale: null,
      timeZone: null,
      credentialsChangedAt: null,
      createdAt: 1,
    };
  }

  it('is another address with another case, accent or space, and each is found alone', async () => {
    const { manager } = scratch.database;
    const made = alike(`ann-${randomUUID()}@example.com`).map(account);
    for (const row of made) await manager.insert(AccountRow, row);
    for (const { id, email } of made) {
      const found = await manager.findBy(AccountRow, { email });
      expect(found.map((each) => each.id)).toEqual([id]);
    }
  });

  it('opens no session and ends none for an id that is only similar', async () => {
    const sessions = new Sessions(scratch.database, new FixedClock());
    const id = `a${randomUUID()}`;
    const pending = { pendingLoginId: null, pendingAccountId: null, pendingState: null, pendingGate: null };
    const client = { ...{ address: '', agent: '', pendingReturnTo: null }, ...pending };
    const times = { createdAt: 1, signedInAt: 1, lastSeenAt: 1, endedAt: null };
    await sessions.insert({
      ...times,
      ...client,
      id,
      accountId: 'ann',
      key: 'key',
      stamp: 'stamp',
      version: 0,
    });
    for (const other of alike(id).slice(1)) {
      expect(await scratch.database.manager.findOneBy(SessionRow, { id: other })).toBeNull();
      expect(await sessions.end(other)).toBe(false);
      expect(await sessions.endOf('ann ', id)).toBe(false);
    }
    expect(await sessions.endOf('ann', id)).toBe(true);
  });

  if (kind !== 'mariadb') return;
  it('has one collation in every table', async () => {
    const collations = await scratch.database.query<object[]>(
      `SELECT DISTINCT collation_name AS name FROM information_schema.columns
       WHERE table_schema = DATABASE() AND collation_name IS NOT NULL`,
    );
    expect(collations).toEqual([{ name: 'utf8mb4_nopad_bin' }]);
  });
});

describe('the collation that distinguishes all texts', () => {
  it.each([
    ['11.4.2-MariaDB-1:11.4.2+maria~deb12', 'utf8mb4_nopad_bin'],
    ['10.6.18-MariaDB', 'utf8mb4_nopad_bin'],
    ['8.0.36', 'utf8mb4_0900_bin'],
    ['8.4.1-log', 'utf8mb4_0900_bin'],
  ])('of %s is %s', (version, collation) => expect(exactCollation(version)).toBe(collation));
});
