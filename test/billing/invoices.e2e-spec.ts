import { randomUUID } from 'node:crypto';
import type { NewInvoice } from '../../src/billing/invoices/invoice.js';
import { Invoices } from '../../src/billing/invoices/invoices.service.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { oddIds } from '../support/input/odd-ids.js';
import { portal, type Portal } from '../support/portal/portal.js';

const day = 86_400_000;

forEachDatabase('invoices on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { PORTAL_NAME: 'Northwind', SUPPORT_EMAIL: 'help@example.com' } });
  });
  afterAll(() => site.close());

  async function bills({ id: accountId }: Person, facts: Partial<NewInvoice> = {}): Promise<NewInvoice> {
    const now = site.clock.now();
    const times = { issuedAt: now, dueAt: now + 14 * day, paidAt: null };
    const number = `INV-${randomUUID().slice(0, 8)}`;
    const own = { id: randomUUID(), accountId, number, description: 'Hosting', currency: 'EUR' };
    const lines = [
      { description: 'Business Hosting', cents: 2499, taxCents: 500, taxPercent: 20 },
      { description: 'A handbook', cents: 1000, taxCents: 55, taxPercent: 5.5 },
    ];
    const invoice: NewInvoice = {
      ...own,
      ...times,
      ...({ cents: 4054, lines, status: 'unpaid' } as const),
      ...facts,
    };
    await site.app.get(Invoices).add([invoice]);
    return invoice;
  }

  async function signedIn(person: Person) {
    const visitor = site.visitor();
    await visitor.signsIn(person);
    return visitor;
  }

  it('open from the list, and say what they are made of, with tax and total', async () => {
    const ann = await site.account('Ann');
    const { number } = await bills(ann);
    const visitor = await signedIn(ann);
    await visitor.goes('/invoices');
    const page = await visitor.goes(visitor.page.link(number));
    expect(page.title).toBe(`Invoice ${number}`);
    expect(page.all('tbody tr, tfoot tr')).toEqual([
      'Business Hosting €24.99',
      'A handbook €10.00',
      'Subtotal €34.99',
      'Tax, 20% €5.00',
      'Tax, 5.5% €0.55',
      'Total €40.54',
    ]);
    expect(page.all('main .status')).toEqual(['Unpaid']);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('can be printed: the paper names provider and customer, and has no buttons', async () => {
    const ann = await site.account('Ann');
    const { id } = await bills(ann);
    const page = await (await signedIn(ann)).goes(`/invoices/${id}`);
    expect(page.all('main .d-print-block')).toEqual(['Northwind · help@example.com']);
    expect(page.text).toContain(ann.email);
    expect(page.all('main a:not(.d-print-none a), main button:not(.d-print-none)')).toEqual([]);
  });

  it.each([
    ['paid', { status: 'paid', paidAt: 1_890_000_000_000 }, 'Paid', true],
    ['overdue', { dueAt: 1 }, 'Overdue', false],
    ['refunded', { status: 'refunded' }, 'Refunded', false],
  ] as const)('say when they are %s', async (_state, facts, words, isDated) => {
    const ann = await site.account('Ann');
    const { id } = await bills(ann, facts);
    const page = await (await signedIn(ann)).goes(`/invoices/${id}`);
    expect(page.all('main .status')).toEqual([words]);
    expect(page.text.includes('Paid on')).toBe(isDated);
  });

  it('are returned to programs in cents', async () => {
    const ann = await site.account('Ann');
    const { id, number, lines } = await bills(ann);
    const { status, body } = await (await signedIn(ann)).asks('GET', `/invoices/${id}`);
    const taxes = [
      { percent: 20, cents: 500 },
      { percent: 5.5, cents: 55 },
    ];
    const sums = { cents: 4054, currency: 'EUR', netCents: 3499, taxes, lines };
    const dates = { issuedAt: '2030-01-01T00:00:00.000Z', dueAt: '2030-01-15T00:00:00.000Z', paidAt: null };
    const facts = { id, number, description: 'Hosting', status: 'unpaid' };
    expect([status, body]).toEqual([200, { invoice: { ...facts, ...sums, ...dates } }]);
  });

  it('are visible to their owner only: another’s looks like a missing one', async () => {
    const [ann, bob] = [await site.account('Ann'), await site.account('Bob')];
    const { id, number } = await bills(ann);
    const visitor = await signedIn(bob);
    const page = await visitor.goes(`/invoices/${id}`);
    expect([page.status, page.title, page.text.includes(number)]).toEqual([404, 'Page not found', false]);
    const { status, body } = await visitor.asks('GET', `/invoices/${id}`);
    expect([status, body['code']]).toEqual([404, 'NOT_FOUND']);
    expect((await site.visitor().asks('GET', `/invoices/${id}`)).status).toBe(401);
  });

  it('show descriptions as text, whatever they are', async () => {
    const ann = await site.account('Ann');
    const description = '<img src=x onerror=alert(1)>';
    const { id } = await bills(ann, {
      description,
      lines: [{ description, cents: 1, taxCents: 0, taxPercent: 0 }],
      cents: 1,
    });
    const page = await (await signedIn(ann)).goes(`/invoices/${id}`);
    expect(page.all('main img')).toEqual([]);
    expect(page.all('tbody tr')).toEqual([`${description} €0.01`]);
  });

  it.each(oddIds)('do not stumble over the id %.20s, nor over methods that there are not', async (id) => {
    const visitor = await signedIn(await site.account('Ann'));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) {
      const { status } = await visitor.asks(method, `/invoices/${id}`);
      expect([method, [400, 404].includes(status)]).toEqual([method, true]);
    }
  });
});
