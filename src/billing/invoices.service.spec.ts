import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../test/support/databases.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { type Scratch, scratchDatabase } from '../../test/support/scratch-database.js';
import type { InvoiceRow } from './invoice.entity.js';
import { Invoices } from './invoices.service.js';

const day = 86_400_000;

forEachDatabase('on', (kind) => {
  let scratch: Scratch;
  let clock: FixedClock;
  let invoices: Invoices;
  beforeAll(async () => (scratch = await scratchDatabase(kind)));
  beforeEach(() => {
    clock = new FixedClock();
    invoices = new Invoices(scratch.database, clock);
  });
  afterAll(() => scratch.close());

  function invoice(accountId: string, facts: Partial<InvoiceRow> = {}): InvoiceRow {
    const times = { issuedAt: clock.now(), dueAt: clock.now() + 14 * day, paidAt: null };
    const bill = { number: randomUUID().slice(0, 30), description: 'Hosting', cents: 1999, currency: 'EUR' };
    return { id: randomUUID(), accountId, ...bill, status: 'unpaid', ...times, ...facts };
  }

  describe('invoices', () => {
    it('are their owner’s alone, newest first', async () => {
      const [ann, bob] = [randomUUID(), randomUUID()];
      const [old, recent] = [invoice(ann, { issuedAt: 1 }), invoice(ann)];
      await invoices.add([old, recent, invoice(bob)]);
      expect((await invoices.ofAccount(ann)).map(({ id }) => id)).toEqual([recent.id, old.id]);
      expect((await invoices.ofAccount(ann, 1)).map(({ id }) => id)).toEqual([recent.id]);
      expect(await invoices.ofAccount('')).toEqual([]);
    });

    it('are overdue after their due date, and only while unpaid', async () => {
      const ann = randomUUID();
      await invoices.add([invoice(ann), invoice(ann, { status: 'paid', issuedAt: 1, paidAt: 1 })]);
      const states = async () => (await invoices.ofAccount(ann)).map(({ status }) => status);
      expect(await states()).toEqual(['unpaid', 'paid']);
      clock.advance(14 * day + 1);
      expect(await states()).toEqual(['overdue', 'paid']);
    });

    it('are summed exactly, by currency, without those that are paid', async () => {
      const ann = randomUUID();
      const unpaid = [1, 1, 1].map(() => invoice(ann, { cents: 2_000_000_001 }));
      await invoices.add([
        ...unpaid,
        invoice(ann, { currency: 'USD', cents: 5 }),
        invoice(ann, { status: 'paid' }),
      ]);
      expect(await invoices.owed(ann)).toEqual([
        { currency: 'EUR', cents: 6_000_000_003, invoices: 3 },
        { currency: 'USD', cents: 5, invoices: 1 },
      ]);
      expect(await invoices.owed(randomUUID())).toEqual([]);
    });
  });
});
