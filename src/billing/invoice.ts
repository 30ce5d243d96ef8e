import type { InvoiceLineRow } from './invoice-line.entity.js';
import type { InvoiceRow, InvoiceStatus } from './invoice.entity.js';

/** An invoice as its owner sees it. Times are UTC ms, amounts in the currency's smallest unit, `cents` with tax. */
export interface Invoice extends Omit<InvoiceRow, 'accountId' | 'status'> {
  /** `overdue`: unpaid after its due date. */
  readonly status: InvoiceStatus | 'overdue';
}

/** One thing that was billed. */
export interface InvoiceLine {
  readonly description: string;
  /** Before tax. */
  readonly cents: number;
  readonly taxCents: number;
  /** The rate: 20 is 20 %. At most two decimals are kept. */
  readonly taxPercent: number;
}

/** The tax of all lines of one rate. */
export interface TaxSum {
  readonly percent: number;
  readonly cents: number;
}

/** An invoice with what its amount is made of: `cents` is `netCents` and all taxes. */
export interface WholeInvoice extends Invoice {
  readonly lines: readonly InvoiceLine[];
  readonly netCents: number;
  readonly taxes: readonly TaxSum[];
}

/** An invoice as it is added. Without lines it has one: what it is for, untaxed. */
export type NewInvoice = InvoiceRow & { readonly lines?: readonly InvoiceLine[] };

/** The invoice and its lines, summed up. */
export function wholeOf(invoice: Invoice, rows: readonly InvoiceLineRow[]): WholeInvoice {
  const lines = rows.map(({ description, cents, taxCents, taxRate }) => ({
    ...{ description, cents, taxCents },
    taxPercent: taxRate / 100,
  }));
  return { ...invoice, lines, netCents: sum(lines.map(({ cents }) => cents)), taxes: taxesOf(lines) };
}

/** @throws Error when the lines do not make the amount: nobody is billed what cannot be explained. */
export function lineRows({ id, description, cents, lines, number }: NewInvoice): InvoiceLineRow[] {
  const told = lines ?? [{ description, cents, taxCents: 0, taxPercent: 0 }];
  const made = sum(told.map((line) => line.cents + line.taxCents));
  if (made !== cents) throw new Error(`The lines of ${number} make ${made}, not ${cents}.`);
  return told.map(({ taxPercent, ...line }, index) => ({
    ...line,
    invoiceId: id,
    position: index + 1,
    taxRate: Math.round(taxPercent * 100),
  }));
}

/** One sum a rate, highest first; what is not taxed has none. */
function taxesOf(lines: readonly InvoiceLine[]): TaxSum[] {
  const rates = [...new Set(lines.map(({ taxPercent }) => taxPercent))].sort((one, other) => other - one);
  const taxes = rates.map((percent) => {
    const ofRate = lines.filter(({ taxPercent }) => taxPercent === percent);
    return { percent, cents: sum(ofRate.map(({ taxCents }) => taxCents)) };
  });
  return taxes.filter(({ percent, cents }) => percent !== 0 || cents !== 0);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, cents) => total + cents, 0);
}
