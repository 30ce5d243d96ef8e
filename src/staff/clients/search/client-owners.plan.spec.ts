import { randomUUID } from 'node:crypto';
import { type DatabaseKind, forEachDatabase } from '../../../../test/support/databases/databases.js';
import { counted, planOf } from '../../../../test/support/databases/plan.js';
import { type Scratch, scratchDatabase } from '../../../../test/support/databases/scratch-database.js';
import { InvoiceRow } from '../../../billing/invoices/invoice.entity.js';
import { ServiceRow } from '../../../billing/services/service.entity.js';
import { TicketRow } from '../../../support/ticket.entity.js';
import { ClientOwners } from './client-owners.js';

const count = 4000;

/** Text in each database's plan that shows a look-up in this index. */
const looksUp: Readonly<Record<DatabaseKind, (table: string, index: string) => RegExp>> = {
  sqlite: (table, index) => new RegExp(`SEARCH ${table} USING INDEX ${index} \\(`),
  postgres: (table, index) =>
    new RegExp(`(Index Scan using ${index} on ${table}|Bitmap Index Scan on ${index})`),
  mariadb: (table, index) => new RegExp(` ${table} (range|ref|const) \\S*${index}\\S* ${index} `),
};

/** Text that shows that all rows are read. */
const readsAll = /SCAN (services|invoices|tickets)|Seq Scan| (services|invoices|tickets) (ALL|index) /;

forEachDatabase('the search by domains and numbers on', (kind) => {
  let scratch: Scratch;
  let owners: ClientOwners;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    owners = new ClientOwners(scratch.database);
    for (let from = 0; from < count; from += 500) await insert(from);
    await counted(scratch.database, kind, 'services', 'invoices', 'tickets');
  });
  afterAll(() => scratch.close());

  async function insert(from: number): Promise<void> {
    const places = Array.from({ length: 500 }, (_, index) => from + index);
    const { manager } = scratch.database;
    const price = { cents: 100, currency: 'EUR' };
    const owned = (place: number) => ({ id: randomUUID(), accountId: `account-${place}` });
    const services = places.map((place) => ({
      ...{ ...owned(place), ...price, kind: 'domain' as const, label: `site-${place}.example` },
      ...{ status: 'active' as const, cycle: 'yearly' as const, startedAt: place, dueAt: place },
    }));
    const invoices = places.map((place) => ({
      ...{ ...owned(place), ...price, number: `INV-${place}`, description: 'Hosting' },
      ...{ status: 'paid' as const, issuedAt: place, dueAt: place },
    }));
    const tickets = places.map((place) => ({
      ...{ ...owned(place), number: `T-${place}`, subject: 'Help', state: 'open' as const },
      ...{ messages: 1, openedAt: place, changedAt: place },
    }));
    await manager
      .createQueryBuilder()
      .insert()
      .into(ServiceRow)
      .values(services)
      .updateEntity(false)
      .execute();
    await manager
      .createQueryBuilder()
      .insert()
      .into(InvoiceRow)
      .values(invoices)
      .updateEntity(false)
      .execute();
    await manager.createQueryBuilder().insert().into(TicketRow).values(tickets).updateEntity(false).execute();
  }

  it('reads three indexes and no table', async () => {
    const steps = (await planOf(scratch.database, kind, () => owners.of(['site-7.example']))).join('\n');
    for (const [table, index] of [
      ['services', 'services_label'],
      ['invoices', 'invoices_number'],
      ['tickets', 'tickets_number'],
    ] as const)
      if (kind !== 'mariadb' || table === 'services') expect(steps).toMatch(looksUp[kind](table, index));
    expect(steps).not.toMatch(readsAll);
  });

  it.each([
    ['site-7.example', 'account-7'],
    ['SITE-7.example', 'account-7'],
    ['https://www.site-7.example/', 'account-7'],
    ['inv-8', 'account-8'],
    ['INV-8', 'account-8'],
    ['t-9', 'account-9'],
  ])('finds the owner by %j', async (word, owner) => {
    expect(await owners.of([word])).toEqual(new Map([[word, [owner]]]));
  });

  it('asks nothing for a name, and for at most five words', async () => {
    expect(await owners.of(['ann', 'lee'])).toEqual(new Map());
    const words = Array.from({ length: 8 }, (_, place) => `word${place}`);
    expect((await owners.of(words)).size).toBe(5);
  });
});
