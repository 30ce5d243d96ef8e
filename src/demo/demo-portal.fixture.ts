import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { FixedClock } from '../../test/support/portal/fixed-clock.js';
import { Accounts } from '../accounts/accounts.service.js';
import { HashPool } from '../accounts/passwords/hash-pool.js';
import { Passwords } from '../accounts/passwords/passwords.js';
import { EppCodes } from '../billing/epp-codes.js';
import { Invoices } from '../billing/invoices/invoices.service.js';
import { Services } from '../billing/services/services.service.js';
import type { Config } from '../config.js';
import type { TicketEvents } from '../support/ticket-events.js';
import { TicketQueue } from '../support/ticket-queue.js';
import { Tickets } from '../support/tickets.service.js';
import { DemoBilling } from './demo-billing.js';
import { DemoContent } from './demo-content.js';
import { DemoData } from './demo-data.js';
import { DemoTickets } from './demo-tickets.js';

/** The services that the demo data fills, on this database. */
export function demoPortal(database: DataSource, facts: Partial<Config>) {
  const passwordHash = { memoryCost: 8, timeCost: 1, parallelism: 1 };
  const config = {
    ...{ production: false, host: '127.0.0.1', passwordHash, demoPassword: null },
    ...{ twoFactorKeys: `demo:${randomBytes(32).toString('base64')}` },
    ...facts,
  } as Config;
  const clock = new FixedClock();
  const passwords = new Passwords(config, new HashPool({ workers: 2, queue: 9, waitMs: 1000 }));
  const accounts = new Accounts(database, passwords, clock);
  const invoices = new Invoices(database, clock);
  const services = new Services(database, new EppCodes(database, config));
  // Demo data is history: recording an event fails.
  const tickets = new Tickets(database, {} as TicketEvents, clock);
  const parts = [new DemoBilling(services, invoices, clock), new DemoTickets(tickets, clock)];
  const demo = new DemoData(config, database, accounts, new DemoContent(accounts, parts, database));
  return { accounts, clock, demo, desk: new TicketQueue(database), invoices, services };
}
