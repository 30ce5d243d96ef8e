import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { type Scratch, scratchDatabase } from '../../test/support/scratch-database.js';
import { Accounts } from '../accounts/accounts.service.js';
import { HashPool } from '../accounts/hash-pool.js';
import { Passwords } from '../accounts/passwords.js';
import { EppCodes } from '../billing/epp-codes.js';
import { Invoices } from '../billing/invoices.service.js';
import { Services } from '../billing/services.service.js';
import type { Config } from '../config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DemoBilling } from './demo-billing.js';
import { DemoContent } from './demo-content.js';
import { DemoData } from './demo-data.js';

describe('demo data', () => {
  let scratch: Scratch;
  let dataFolder: string;
  beforeEach(async () => {
    scratch = await scratchDatabase();
    dataFolder = mkdtempSync(join(tmpdir(), 'demo-'));
  });
  afterEach(async () => {
    await scratch.close();
    rmSync(dataFolder, { recursive: true });
  });

  function portal(facts: Partial<Config> = {}) {
    const passwordHash = { memoryCost: 8, timeCost: 1, parallelism: 1 };
    const config = {
      production: false,
      host: '127.0.0.1',
      dataFolder,
      passwordHash,
      twoFactorKeys: `demo:${randomBytes(32).toString('base64')}`,
      demoPassword: null,
      ...facts,
    } as Config;
    const clock = new FixedClock();
    const passwords = new Passwords(config, new HashPool({ workers: 2, queue: 9, waitMs: 1000 }));
    const accounts = new Accounts(scratch.database, passwords, clock);
    const invoices = new Invoices(scratch.database, clock);
    const services = new Services(scratch.database, new EppCodes(scratch.database, config));
    const parts = [new DemoBilling(services, invoices, clock)];
    const content = new DemoContent(accounts, parts, new UnitOfWork(scratch.database));
    return { accounts, invoices, services, demo: new DemoData(config, scratch.database, accounts, content) };
  }

  it('is there after a first run: four people who can sign in', async () => {
    const { demo, accounts } = portal();
    const outcome = await demo.createDemo();
    if (!outcome.made) throw new Error(outcome.because);
    for (const [email, role] of [
      ['alice', 'customer'],
      ['bob', 'customer'],
      ['sam', 'support'],
      ['mia', 'admin'],
    ]) {
      const account = await accounts.byEmail(`${email}@example.com`);
      expect(account?.role).toBe(role);
      expect(await accounts.checkPassword(account?.id ?? null, outcome.password)).toBe(true);
    }
  });

  it.each([
    ['alice', ['domain', 'hosting']],
    ['bob', ['domain', 'hosting']],
    ['sam', []],
    ['mia', []],
  ])('gives %s %j to have, and invoices for it', async (name, kinds) => {
    const { demo, accounts, invoices, services } = portal();
    await demo.createDemo();
    const { id } = (await accounts.byEmail(`${name}@example.com`)) ?? { id: '' };
    const had = await services.ofAccount(id);
    expect([...new Set(had.map(({ kind }) => kind))].sort()).toEqual(kinds);
    expect((await invoices.ofAccount(id)).length > 0).toBe(kinds.length > 0);
  });

  it('has a random password, kept where only the owner of the files reads it', async () => {
    const file = join(dataFolder, 'demo-accounts.txt');
    writeFileSync(file, 'of another run', { mode: 0o644 });
    const outcome = await portal().demo.createDemo();
    if (!outcome.made) throw new Error(outcome.because);
    expect(outcome.password).toMatch(/^[\w-]{16}$/);
    expect(outcome.file).toBe(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(outcome.password);
  });

  it('has the password that was asked for', async () => {
    expect(await portal({ demoPassword: 'demo password' }).demo.createDemo()).toMatchObject({
      password: 'demo password',
    });
  });

  it('is made once, also by two processes that start together', async () => {
    const outcomes = await Promise.all([portal().demo.createDemo(), portal().demo.createDemo()]);
    expect(outcomes.filter(({ made }) => made)).toHaveLength(1);
    expect((await portal().demo.createDemo()).made).toBe(false);
  });

  it('never joins accounts that are there', async () => {
    const { accounts, demo } = portal();
    await accounts.create({ email: 'ann@example.com', name: 'Ann', role: 'admin', password: 'long enough' });
    expect((await demo.createDemo()).made).toBe(false);
    expect(await accounts.byEmail('mia@example.com')).toBeNull();
  });

  it.each([
    ['in production', { production: true }],
    ['where every network reaches it', { host: '0.0.0.0' }],
    ['where a network reaches it by IPv6', { host: '::' }],
    ['under a name that may mean anything', { host: '127.0.0.1.example.com' }],
  ])('is refused %s', async (_, facts) => {
    const { demo, accounts } = portal(facts);
    expect((await demo.createDemo()).made).toBe(false);
    expect(await accounts.isEmpty()).toBe(true);
  });
});
