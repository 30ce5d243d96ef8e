import { randomUUID } from 'node:crypto';
import { type DatabaseKind, forEachDatabase } from '../../../test/support/databases/databases.js';
import { counted, planOf } from '../../../test/support/databases/plan.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import { AccountRow } from '../../accounts/account.entity.js';
import { placeText } from '../../database/list-page.js';
import type { InstalledModules } from '../../portal/modules/modules.js';
import { readClientFilter } from './client-filter.js';
import { ClientOwners } from './search/client-owners.js';
import { Clients } from './clients.service.js';

const count = 6000;

/** Text in each database's plan that shows a walk along the index from its newest end. */
const walks: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SCAN account USING INDEX accounts_created/,
  postgres: /Index Scan Backward using accounts_created on accounts account/,
  mariadb: / account index +accounts_created /,
};

/** Text that shows a start at a position in the index. */
const begins: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH account USING INDEX accounts_created \(created_at<\?\)/,
  postgres: /Index Scan Backward using accounts_created on accounts account[^]*Index Cond: \(created_at <=/,
  mariadb: / account range \S*accounts_created accounts_created /,
};

/** Text that shows sorting, which would have to read all rows. */
const sorts = /TEMP B-TREE|Sort|filesort/;

forEachDatabase('the clients’ list on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    for (let from = 0; from < count; from += 500) await insert(from);
    await counted(scratch.database, kind, 'accounts');
  });
  afterAll(() => scratch.close());

  async function insert(from: number): Promise<void> {
    const rows = Array.from({ length: 500 }, (_, index) => ({
      id: randomUUID(),
      email: `user${from + index}@example.com`,
      name: 'Ann',
      role: 'customer' as const,
      passwordHash: 'x'.repeat(97),
      stamp: 's'.repeat(32),
      createdAt: from + index,
    }));
    const { manager } = scratch.database;
    await manager.createQueryBuilder().insert().into(AccountRow).values(rows).updateEntity(false).execute();
  }

  async function plan(query: Readonly<Record<string, unknown>>): Promise<string> {
    const modules = { protections: () => [] } as unknown as InstalledModules;
    const clients = new Clients(scratch.database, modules, new ClientOwners(scratch.database));
    const ask = () => clients.list(readClientFilter(query), 51);
    return (await planOf(scratch.database, kind, ask)).join('\n');
  }

  it.each([{}, { role: 'customer', state: 'active' }])('is never put in order first: %j', async (query) => {
    const steps = await plan(query);
    expect(steps).toMatch(walks[kind]);
    expect(steps).not.toMatch(sorts);
  });

  it.each([{}, { role: 'customer', state: 'active' }])(
    'does not read the pages before the one that is asked for: %j',
    async (query) => {
      // Far from the end: with few remaining rows, sorting them is as cheap as walking along the index.
      const after = placeText({ at: count / 2, id: randomUUID() });
      const steps = await plan({ ...query, after });
      expect(steps).toMatch(begins[kind]);
      expect(steps).not.toMatch(sorts);
    },
  );
});
