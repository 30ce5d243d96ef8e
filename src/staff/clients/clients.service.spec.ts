import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import { StatementLog } from '../../../test/support/databases/statements.js';
import { AccountRow } from '../../accounts/account.entity.js';
import { GateFlagRow } from '../../auth/gates/gate-flag.entity.js';
import { GateFlags } from '../../auth/gates/gate-flags.js';
import { placeText } from '../../database/list-page.js';
import type { InstalledModules } from '../../portal/modules/modules.js';
import { readClientFilter } from './client-filter.js';
import { ClientOwners } from './search/client-owners.js';
import type { ClientRecord } from './client-row.js';
import { Clients } from './clients.service.js';

const texts = { title: 'title', on: 'on', off: 'off', count: 'count' };
const protections = [
  { gate: 'two-factor', name: 'twoFactor', texts },
  { gate: 'another', name: 'other', texts },
];

let made = 0;

forEachDatabase('on', (kind) => {
  let scratch: Scratch;
  let clients: Clients;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    const modules = { protections: () => protections } as unknown as InstalledModules;
    clients = new Clients(scratch.database, modules, new ClientOwners(scratch.database));
  });
  beforeEach(async () => {
    for (const table of [AccountRow, GateFlagRow])
      await scratch.database.createQueryBuilder().delete().from(table).execute();
  });
  afterAll(() => scratch.close());

  async function account(name: string, facts: Partial<AccountRow> = {}): Promise<AccountRow> {
    made += 1;
    const row: AccountRow = {
      ...{ id: randomUUID(), name, email: `person${made}@example.com`, role: 'customer' },
      ...{
        passwordHash: '-',
        stamp: '-',
        sessionsVersion: 0,
        suspendedAt: null,
        locale: null,
        timeZone: null,
        credentialsChangedAt: null,
        createdAt: made,
      },
      ...facts,
    };
    await scratch.database.manager.insert(AccountRow, row);
    return row;
  }

  const found = async (query: Readonly<Record<string, unknown>>, limit = 50) =>
    (await clients.list(readClientFilter(query, protections), limit)).map(({ name }) => name);

  describe('a search for clients', () => {
    it.each(['ann', 'ANN', 'lee', 'Ann Lee', 'lee ann', ' ann  lee ', 'a\u200bnn', 'ann\u0000'])(
      'finds only Ann Lee by %j',
      async (q) => {
        await account('Ann Lee');
        await account('Bob Roy');
        expect(await found({ q })).toEqual(['Ann Lee']);
      },
    );

    it.each(['élodie', 'ÉLODIE', 'Élodie', 'E\u0301lodie'])('finds Élodie by %j', async (q) => {
      await account('Élodie Petit');
      await account('Elodie Grand');
      expect(await found({ q })).toEqual(['Élodie Petit']);
    });

    it('finds by a part of the e-mail address in any spelling', async () => {
      await account('Ann', { email: 'ann.o@shop.example' });
      await account('Bob');
      for (const q of ['SHOP.example', 'ann.o@', 'Ａnn.o@shop']) expect(await found({ q })).toEqual(['Ann']);
    });

    it.each(['%', '_', '!', '100%', 'a_b', 'wow!', '\\'])('takes %j for what it is', async (q) => {
      await account('100% a_b wow! \\o/');
      await account('100 aXb wow');
      expect(await found({ q })).toEqual(['100% a_b wow! \\o/']);
    });

    it.each([
      "' OR 1=1 --",
      '"',
      ';',
      '\ud800',
      '🙂',
      '�',
      'x'.repeat(255),
      'x'.repeat(100_000),
      'a '.repeat(127),
      ':id',
      '?',
      '$1',
      '%'.repeat(200),
      '__proto__',
    ])('finds nothing for odd text, and is no error: %#', async (q) => {
      await account('Ann');
      expect(await found({ q: `zz ${q}` })).toEqual([]);
    });

    it.each([{ q: ['ann', 'bob'] }, { q: 'ann', role: 'king', twoFactor: '1', state: {}, after: 'x' }])(
      'makes the best of %j',
      async (query) => {
        await account('Ann');
        await account('Bob');
        expect(await found(query)).toEqual(['Ann']);
      },
    );
  });

  describe('the list of clients', () => {
    it('is filtered by each gate, and a lowered one does not count as protection', async () => {
      const flags = new GateFlags(scratch.database);
      const [on, lowered] = [await account('On'), await account('Lowered')];
      const other = await account('Other');
      await flags.set(on.id, 'two-factor', 1);
      await flags.set(on.id, 'another', 1);
      await flags.set(lowered.id, 'two-factor', 1);
      await flags.clear(lowered.id, 'two-factor', 2);
      await flags.set(other.id, 'another', 1);
      await flags.set(other.id, 'nobody-asks', 1);
      expect(await found({ twoFactor: 'on' })).toEqual(['On']);
      expect(await found({ twoFactor: 'off' })).toEqual(['Other', 'Lowered']);
      expect(await found({ twoFactor: 'off', other: 'on' })).toEqual(['Other']);
      expect(await found({})).toEqual(['Other', 'Lowered', 'On']);
      expect(await clients.byId(other.id)).toMatchObject({ protections: [{ on: false }, { on: true }] });
      const { protections: counted } = await clients.counts();
      expect(counted).toMatchObject([{ count: 1 }, { count: 2 }]);
    });

    it('is narrowed by role and by suspension', async () => {
      await account('Sam', { role: 'support' });
      await account('Ann', { suspendedAt: 5 });
      await account('Bob');
      expect(await found({ role: 'support' })).toEqual(['Sam']);
      expect(await found({ state: 'suspended' })).toEqual(['Ann']);
      expect(await found({ state: 'active', role: 'customer' })).toEqual(['Bob']);
      expect(await clients.counts()).toMatchObject({ clients: 2, suspended: 1 });
    });

    it('is one statement, however many there are', async () => {
      for (let count = 0; count < 5; count++) await account('Ann');
      const log = StatementLog.on(scratch.database);
      expect(await found({ q: 'ann', twoFactor: 'off' })).toHaveLength(5);
      expect(log.statements).toHaveLength(1);
    });

    it('is read to its end, each once, while new accounts arrive', async () => {
      for (let count = 0; count < 7; count++) await account(`Old ${count}`, { createdAt: 5 + (count % 2) });
      const seen: string[] = [];
      let page: readonly ClientRecord[] = [];
      for (let pages = 0; pages < 4; pages++) {
        const last = page.at(-1);
        const after = last && placeText({ at: last.createdAt, id: last.id });
        page = await clients.list(readClientFilter({ after }), 3);
        seen.push(...page.map(({ name }) => name));
        await account('New', { createdAt: 1000 });
      }
      expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, count) => `Old ${count}`));
    });
  });

  it('an unknown id finds no account', async () => {
    expect(await clients.byId(randomUUID())).toBeNull();
    expect(await clients.counts()).toMatchObject({
      clients: 0,
      suspended: 0,
      protections: [{ count: 0 }, {}],
    });
  });
});
