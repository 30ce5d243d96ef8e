import { InvoiceRow } from '../../src/billing/invoices/invoice.entity.js';
import { ServiceRow } from '../../src/billing/services/service.entity.js';
import { Tickets } from '../../src/support/tickets.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import type { Visitor } from '../support/people/visitor.js';
import { type Portal, portal } from '../support/portal/portal.js';

forEachDatabase('a client is found on', (database) => {
  let house: Portal;
  let sam: Visitor;
  let ann: Person;
  beforeAll(async () => {
    house = await portal({ database });
    sam = house.visitor();
    await sam.signsIn(await house.account('Sam', 'support'));
    ann = await house.account('Ann');
    await house.account('Bob');
    const price = { accountId: ann.id, cents: 100, currency: 'EUR', dueAt: 1 };
    const { manager } = house.database;
    await manager.insert(ServiceRow, {
      ...{ ...price, id: 's1', kind: 'domain', label: 'anns-shop.example', status: 'active' },
      ...{ cycle: 'yearly', startedAt: 1 },
    });
    const bill = { number: 'INV-2030-00042', description: 'Domain', status: 'paid', issuedAt: 1 } as const;
    await manager.insert(InvoiceRow, { ...price, ...bill, id: 'i1' });
  });
  afterAll(() => house.close());

  async function found(q: string): Promise<string[]> {
    const { body } = await sam.asks('GET', `/staff/clients?q=${encodeURIComponent(q)}`);
    return (body['clients'] as { id: string }[]).map(({ id }) => id);
  }

  it('by a domain, an invoice number and a ticket number, alone and beside a name', async () => {
    const author = { ...ann, role: 'customer' } as const;
    const id = await house.app.get(Tickets).open(null, author, { subject: 'Help', body: 'Down.' });
    const { number } = (await sam.asks('GET', `/staff/tickets/${id}`)).body['ticket'] as { number: string };
    for (const q of [
      'anns-shop.example',
      'WWW.Anns-Shop.example',
      'inv-2030-00042',
      number,
      number.toLowerCase(),
      `ann ${number}`,
      ann.email,
    ])
      expect([q, await found(q)]).toEqual([q, [ann.id]]);
    for (const q of [`bob ${number}`, 'anns-shop.exampl', 'INV-2030-0004', `${number} INV-2030-99999`])
      expect([q, await found(q)]).toEqual([q, []]);
  });
});
