import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { FixedClock } from '../../../test/support/portal/fixed-clock.js';
import { type Scratch, scratchDatabase } from '../../../test/support/databases/scratch-database.js';
import type { NewInvoice } from './invoice.js';
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

  function invoice(accountId: string, facts: Partial<NewInvoice> = {}): NewInvoice {
    const times = { issuedAt: clock.now(), dueAt: clock.now() + 14 * day, paidAt: null };
    const bill = { number: randomUUID().slice(0, 30), description: 'Hosting', cents: 1999, currency: 'EUR' };
    return { ...bill, ...times, ...({ id: randomUUID(), accountId, status: 'unpaid' } as const), ...facts };
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
      clock.advance(14 * day);
      expect(await states()).toEqual(['unpaid', 'paid']);
      clock.advance(1);
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

    it('show their lines in order, and a sum for each rate of tax', async () => {
      const ann = randomUUID();
      const lines = [
        { description: 'Hosting', cents: 1000, taxCents: 200, taxPercent: 20 },
        { description: 'A book', cents: 333, taxCents: 18, taxPercent: 5.5 },
        { description: 'Backups', cents: 500, taxCents: 100, taxPercent: 20 },
        { description: 'Postage', cents: 3, taxCents: 0, taxPercent: 0 },
      ];
      const bill = invoice(ann, { cents: 2154, lines });
      await invoices.add([bill]);
      const { netCents, taxes, cents, lines: shown } = (await invoices.find(ann, bill.id)) ?? {};
      expect(shown).toEqual(lines);
      expect([netCents, taxes, cents]).toEqual([
        1836,
        [
          { percent: 20, cents: 300 },
          { percent: 5.5, cents: 18 },
        ],
        2154,
      ]);
    });

    it('have one line, untaxed, where none is named', async () => {
      const ann = randomUUID();
      const bill = invoice(ann);
      await invoices.add([bill]);
      expect(await invoices.find(ann, bill.id)).toMatchObject({
        lines: [{ description: 'Hosting', cents: 1999, taxCents: 0, taxPercent: 0 }],
        netCents: 1999,
        taxes: [],
      });
    });

    it('are not added when their lines make another amount', async () => {
      const ann = randomUUID();
      const lines = [{ description: 'Hosting', cents: 1999, taxCents: 400, taxPercent: 20 }];
      await expect(invoices.add([invoice(ann), invoice(ann, { lines })])).rejects.toThrow('make 2399');
      expect(await invoices.ofAccount(ann)).toEqual([]);
    });

    it.each(['', '\0', "' OR '1'='1", 'x'.repeat(65)])('are not found under %j', async (id) => {
      expect(await invoices.find(randomUUID(), id)).toBeNull();
    });

    it('are not found by another account', async () => {
      const bill = invoice(randomUUID());
      await invoices.add([bill]);
      expect(await invoices.find(randomUUID(), bill.id)).toBeNull();
    });
  });
});
