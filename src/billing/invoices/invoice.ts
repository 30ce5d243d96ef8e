import type { InvoiceLineRow } from './invoice-line.entity.js';
import type { InvoiceRow, InvoiceStatus } from './invoice.entity.js';

/** An invoice as its owner sees it. Times are UTC ms, amounts in the currency's smallest unit, `cents` with tax. */
export interface Invoice extends Omit<InvoiceRow, 'accountId' | 'status'> {
  /** `overdue`: unpaid after its due date. */
  readonly status: InvoiceStatus | 'overdue';
}

/** One billed item. */
export interface InvoiceLine {
  readonly description: string;
  /** Before tax. */
  readonly cents: number;
  readonly taxCents: number;
  /** The tax rate: 20 is 20 %. At most two decimals are stored. */
  readonly taxPercent: number;
}

/** The sum of the tax of all lines with one rate. */
export interface TaxSum {
  readonly percent: number;
  readonly cents: number;
}

/** An invoice with its lines and sums: `cents` is `netCents` plus all taxes. */
export interface WholeInvoice extends Invoice {
  readonly lines: readonly InvoiceLine[];
  readonly netCents: number;
  readonly taxes: readonly TaxSum[];
}

/** An invoice to add. Without lines it gets one untaxed line with its description. */
export type NewInvoice = InvoiceRow & { readonly lines?: readonly InvoiceLine[] };

/** The invoice with its lines and sums. */
export function wholeOf(invoice: Invoice, rows: readonly InvoiceLineRow[]): WholeInvoice {
  const lines = rows.map(({ description, cents, taxCents, taxRate }) => ({
    description,
    cents,
    taxCents,
    taxPercent: taxRate / 100,
  }));
  return { ...invoice, lines, netCents: sum(lines.map(({ cents }) => cents)), taxes: taxesOf(lines) };
}

/** @throws Error when the lines do not add up to the amount, because such an invoice could not be explained. */
export function lineRows({ id, description, cents, lines, number }: NewInvoice): InvoiceLineRow[] {
  const given = lines ?? [{ description, cents, taxCents: 0, taxPercent: 0 }];
  const made = sum(given.map((line) => line.cents + line.taxCents));
  if (made !== cents) throw new Error(`The lines of ${number} make ${made}, not ${cents}.`);
  return given.map(({ taxPercent, ...line }, index) => ({
    ...line,
    invoiceId: id,
    position: index + 1,
    taxRate: Math.round(taxPercent * 100),
  }));
}

/** One sum for each rate, highest rate first; untaxed lines have no sum. */
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
