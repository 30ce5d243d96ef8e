import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import type { WholeInvoice } from '../billing/invoices/invoice.js';
import type { Service } from '../billing/services/service.js';
import { demoPortal } from './demo-portal.fixture.js';

const day = 86_400_000;
const customers = ['alice', 'bob'];
/** The host names in a text about a customer's services. */
const hosts = (text: string): string[] => text.match(/[\w-]+(\.[\w-]+)*\.example\b/g) ?? [];

describe('the demo’s story', () => {
  let scratch: Scratch;
  let folder: string;
  let portal: ReturnType<typeof demoPortal>;
  beforeAll(async () => {
    scratch = await scratchDatabase();
    folder = mkdtempSync(join(tmpdir(), 'demo-'));
    portal = demoPortal(scratch.database, { dataFolder: folder });
    await portal.demo.createDemo();
  });
  afterAll(async () => {
    await scratch.close();
    rmSync(folder, { recursive: true });
  });

  const idOf = async (name: string) => (await portal.accounts.byEmail(`${name}@example.com`))?.id ?? '';

  async function had(name: string): Promise<{ services: Service[]; invoices: WholeInvoice[] }> {
    const id = await idOf(name);
    const invoices: WholeInvoice[] = [];
    for (const each of await portal.invoices.ofAccount(id)) {
      const whole = await portal.invoices.find(id, each.id);
      if (whole) invoices.push(whole);
    }
    return { services: await portal.services.ofAccount(id), invoices };
  }

  async function said(name: string) {
    const tickets = await portal.desk.list({ accountId: await idOf(name), limit: 9 });
    const found = await Promise.all(tickets.map(({ id }) => portal.desk.conversation(id)));
    return found.filter((each) => each !== null);
  }

  const billFor = (invoices: WholeInvoice[], label: string) =>
    invoices.filter(({ lines }) => lines.some(({ description }) => hosts(description).includes(label)));

  it.each(customers)('bills %s for every existing service, and for no other', async (name) => {
    const { services, invoices } = await had(name);
    const labels = services.map(({ label }) => label);
    const billed = invoices.flatMap(({ lines }) => lines.flatMap(({ description }) => hosts(description)));
    expect(billed.filter((label) => !labels.includes(label))).toEqual([]);
    expect(services.some(({ kind }) => kind === 'hosting')).toBe(true);
    for (const { kind, label, cents } of services) {
      const newest = billFor(invoices, label)[0];
      const lines = newest?.lines.filter(({ description }) => hosts(description).includes(label)) ?? [];
      if (kind === 'hosting') expect(lines.reduce((sum, line) => sum + line.cents, 0)).toBe(cents);
    }
  });

  it.each(customers)('does not let a plan of %s be due on another day than its invoice', async (name) => {
    const { services, invoices } = await had(name);
    const plans = services.filter(({ kind }) => kind === 'hosting');
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      const unpaid = billFor(invoices, plan.label).filter(({ paidAt }) => paidAt === null);
      expect(unpaid.map(({ dueAt }) => dueAt)).toEqual([plan.dueAt]);
      expect(unpaid[0]?.status).toBe(plan.status === 'suspended' ? 'overdue' : 'unpaid');
    }
  });

  it.each(customers)('does not let a domain of %s be due before the year it was paid for', async (name) => {
    const { services, invoices } = await had(name);
    const renewed = services
      .filter(({ kind }) => kind === 'domain')
      .map((domain) => {
        const renewal = billFor(invoices, domain.label).find(({ lines }) =>
          lines.some(({ description }) => description.startsWith('Renewal')),
        );
        return [domain.dueAt, renewal && renewal.dueAt + 365 * day];
      })
      .filter(([, paidUntil]) => paidUntil !== undefined);
    expect(renewed.length).toBeGreaterThan(0);
    expect(renewed.filter(([dueAt, paidUntil]) => dueAt !== paidUntil)).toEqual([]);
  });

  it('has a ticket that waits, one that was answered, and closed ones', async () => {
    expect((await said('alice')).map(({ ticket }) => ticket.state)).toEqual(['answered', 'closed']);
    expect((await said('bob')).map(({ ticket }) => ticket.state)).toEqual(['open', 'closed']);
    expect(await said('sam')).toEqual([]);
  });

  it.each(customers)('has questions and answers in order in the tickets of %s', async (name) => {
    const agent = 'Sam Okafor';
    const tickets = await said(name);
    expect(tickets.length).toBeGreaterThan(0);
    for (const { ticket, messages } of tickets) {
      const times = messages.map(({ writtenAt }) => writtenAt);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect([ticket.openedAt, ticket.changedAt]).toEqual([times[0], times.at(-1)]);
      expect(times.at(-1)).toBeLessThan(portal.clock.now());
      expect(ticket.messages).toBe(messages.length);
      if (ticket.state !== 'closed') expect(messages.at(-1)?.staff).toBe(ticket.state === 'answered');
      for (const { author, staff } of messages) expect(author === agent).toBe(staff);
    }
  });

  it.each(customers)('mentions in tickets of %s only services that they have', async (name) => {
    const labels = (await had(name)).services.map(({ label }) => label);
    const spoken = (await said(name)).flatMap(({ messages }) => messages.flatMap(({ body }) => hosts(body)));
    expect(spoken.length).toBeGreaterThan(0);
    expect(spoken.filter((label) => !labels.includes(label))).toEqual([]);
  });
});
