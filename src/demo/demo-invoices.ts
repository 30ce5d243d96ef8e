import { randomUUID } from 'node:crypto';
import type { InvoiceRow } from '../billing/invoice.entity.js';

const day = 86_400_000;

/** What a hosting customer is billed for, by month; a year's domain now and then. */
const billed = [
  { description: 'Business Hosting, monthly', cents: 2499 },
  { description: 'Business Hosting, monthly', cents: 2499 },
  { description: 'Domain renewal and privacy, 1 year', cents: 1890 },
  { description: 'Business Hosting and daily backups, monthly', cents: 3248 },
  { description: 'Cloud server, 4 vCPU, 8 GB', cents: 4190 },
  { description: 'Business Hosting and daily backups, monthly', cents: 3248 },
] as const;

/** Paid 4 days after they were issued, but for the newest. `serial` is where their numbers begin. */
export function demoInvoices(accountId: string, serial: number, now: number): InvoiceRow[] {
  return billed.map(({ description, cents }, age) => {
    const issuedAt = now - (3 + 30 * age) * day;
    const paid = age > 0;
    return {
      id: randomUUID(),
      accountId,
      number: `INV-${String(serial + billed.length - age).padStart(6, '0')}`,
      description,
      cents,
      currency: 'EUR',
      status: paid ? 'paid' : 'unpaid',
      issuedAt,
      dueAt: issuedAt + 14 * day,
      paidAt: paid ? issuedAt + 4 * day : null,
    };
  });
}
