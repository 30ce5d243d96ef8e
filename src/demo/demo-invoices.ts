import { randomUUID } from 'node:crypto';
import type { InvoiceLine, NewInvoice } from '../billing/invoices/invoice.js';
import type { DemoCustomer } from './demo-customers.js';

const day = 86_400_000;

/** The tax rate of the demo provider. */
const taxPercent = 20;

/** Due after 14 days, and paid after 4. `serial` is the first number. */
export function demoInvoices(
  accountId: string,
  { bills }: DemoCustomer,
  serial: number,
  now: number,
): NewInvoice[] {
  return bills.map(({ daysAgo, description, lines: texts, status }, index) => {
    const lines = texts.map(([text, cents]) => taxed(text, cents));
    const issuedAt = now - daysAgo * day;
    return {
      id: randomUUID(),
      accountId,
      number: `INV-${String(serial + bills.length - index).padStart(6, '0')}`,
      description,
      lines,
      cents: lines.reduce((sum, { cents, taxCents }) => sum + cents + taxCents, 0),
      currency: 'EUR',
      status,
      issuedAt,
      dueAt: issuedAt + 14 * day,
      paidAt: status === 'unpaid' ? null : issuedAt + 4 * day,
    };
  });
}

function taxed(description: string, cents: number): InvoiceLine {
  return { description, cents, taxCents: Math.round((cents * taxPercent) / 100), taxPercent };
}
