import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import type { Config } from '../config.js';
import { demoPortal } from './demo-portal.fixture.js';

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

  const portal = (facts: Partial<Config> = {}) =>
    demoPortal(scratch.database, { ...{ dataFolder }, ...facts });

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
