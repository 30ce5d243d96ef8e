import type { DemoCustomer } from './demo-customers.js';
import { demoInvoices } from './demo-invoices.js';

/** One invoice whose lines have these prices before tax. */
function billed(...cents: number[]) {
  const lines = cents.map((each) => ['Hosting', each] as const);
  const bill = { daysAgo: 0, description: 'Hosting', lines, status: 'unpaid' } as const;
  const customer: DemoCustomer = { plans: [], domains: [], bills: [bill] };
  const [invoice] = demoInvoices('ann', customer, 1, 0);
  return { total: invoice?.cents, taxes: (invoice?.lines ?? []).map(({ taxCents }) => taxCents) };
}

describe('the tax of a bill', () => {
  it.each([
    [2, 0],
    [3, 1],
    [749, 150],
    [2499, 500],
    [2_000_000_003, 400_000_001],
  ])('on %i cents is %i whole cents, never a part of one', (cents, tax) => {
    expect(billed(cents)).toEqual({ total: cents + tax, taxes: [tax] });
  });

  it('is rounded line by line, so that the lines make the amount', () => {
    expect(billed(3, 3, 3)).toEqual({ total: 12, taxes: [1, 1, 1] });
  });
});
