/** @own-modules: a process warns of a proxy once. */
import { ConsoleLogger } from '@nestjs/common';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const wrong = 'not the password';

/** The lines of the log. */
class LogBook extends ConsoleLogger {
  readonly lines: string[] = [];

  override warn(message: unknown): void {
    this.lines.push(String(message));
  }

  override log(): void {}
  override error(): void {}
}

/** One for all databases: a process tells once. */
const log = new LogBook();

forEachDatabase('clients whose proxy writes their port too, on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, logger: log, env: { TRUSTED_NETWORKS: '198.51.100.0/24' } });
  });
  afterAll(() => site.close());

  function from(address: string): Visitor {
    return Object.assign(site.visitor(), { address });
  }

  async function guesses(addresses: readonly string[]): Promise<number[]> {
    const statuses: number[] = [];
    for (const [i, address] of addresses.entries()) {
      const sent = { email: `somebody-${i}-${address.length}@example.com`, password: wrong };
      statuses.push((await from(address).asks('POST', '/login', sent)).status);
    }
    return statuses;
  }

  /** Answers a sign-in from this address with wrong codes, as often as this; the last answer. */
  async function misses({ person, app }: Owner, addresses: readonly string[]) {
    const visitor = from(addresses[0] ?? '');
    await visitor.asks('POST', '/login', { email: person.email, password: person.password });
    const statuses: number[] = [];
    for (const address of addresses) {
      visitor.address = address;
      const answer = await visitor.asks('POST', '/login/challenge', { code: app.code(-100) });
      statuses.push(answer.status);
    }
    return statuses;
  }

  async function answersRight({ person, app }: Owner, address: string): Promise<number> {
    const visitor = from(address);
    await visitor.asks('POST', '/login', { email: person.email, password: person.password });
    return (await visitor.asks('POST', '/login/challenge', { code: app.code() })).status;
  }

  it('are not shut out by 31 wrong passwords from 31 others', async () => {
    const strangers = Array.from({ length: 31 }, (_, i) => `192.0.2.${i + 1}:${50_000 + i}`);
    expect(new Set(await guesses(strangers))).toEqual(new Set([401]));
    const ann = await site.account('Ann');
    expect((await from('203.0.113.40:51234').signsIn(ann)).address).toBe('/');
    expect((await from('[2001:db8:40::7]:443').signsIn(ann)).address).toBe('/');
  });

  it.each([
    ['an IPv4 address', (port: number) => `203.0.113.41:${port}`],
    ['an IPv6 network', (port: number) => `[2001:db8:41:0::${port.toString(16)}]:${port}`],
    ['an IPv4 address in IPv6', (port: number) => `[::ffff:203.0.113.42]:${port}`],
  ])('have 30 wrong passwords with all 40 ports of %s together', async (_what, spelled) => {
    const addresses = Array.from({ length: 40 }, (_, i) => spelled(50_000 + i));
    const statuses = await guesses(addresses);
    expect(statuses).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)]);
  });

  it('have 30 wrong codes with all 40 ports of an address together, and others are asked as before', async () => {
    const ann = await owner(site, 'Ann');
    const own = Array.from({ length: 5 }, (_, i) => `203.0.113.50:${50_000 + i}`);
    expect(await misses(ann, own)).toEqual(Array<number>(5).fill(401));
    site.clock.passesMinutes(1);
    for (let stranger = 0; stranger < 6; stranger += 1) {
      const ports = Array.from({ length: 5 }, (_, i) => `203.0.113.51:${50_000 + stranger * 5 + i}`);
      await misses(await owner(site, 'Eve'), ports);
    }
    expect(await answersRight(ann, '203.0.113.51:60000')).toBe(429);
    expect(await answersRight(ann, '203.0.113.52:60000')).toBe(200);
  });

  it('are known to be in a trusted network', async () => {
    const { person } = await owner(site, 'Ann');
    const { email, password } = person;
    const near = await from('198.51.100.7:4711').asks('POST', '/login', { email, password });
    const far = await from('198.51.101.7:4711').asks('POST', '/login', { email, password });
    expect([near.body['status'], far.body['status']]).toEqual(['signed-in', 'challenge']);
  });

  it('are shown by their bare address: sessions, audit, the log', async () => {
    const ann = await owner(site, 'Ann');
    const address = '203.0.113.60';
    await misses(ann, [`${address}:50000`]);
    await from(`${address}:50001`).signsIn({ ...ann.person, password: wrong });
    expect(await answersRight(ann, `[::ffff:${address}]:50002`)).toBe(200);
    const sessions = (await ann.visitor.goes('/account/sessions')).text;
    expect(sessions).toContain(address);
    expect(sessions).not.toContain(':5000');
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id });
    const told = entries.filter(({ ip }) => ip?.includes(address));
    expect(told.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['login.failed', 'two-factor.challenge.failed', 'login.succeeded']),
    );
    expect(new Set(told.map(({ ip }) => ip))).toEqual(new Set([address]));
    expect(log.lines).toContain(`refused sign-in ip=${address} reason=credentials`);
  });

  it.each([
    ['an unknown one', 'unknown'],
    ['a hidden one', '_hidden'],
    ['200 characters', 'x'.repeat(200)],
  ])(
    'are the proxy where it writes %s, at the password and at the challenge, and no event is lost',
    async (_what, header) => {
      const ann = await owner(site, 'Ann');
      await from(header).signsIn({ ...ann.person, password: wrong });
      expect(await misses(ann, [header])).toEqual([401]);
      await site.settled();
      const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id });
      const told = entries.filter(({ name }) => name.endsWith('.failed'));
      expect(told.map(({ name, ip }) => [name, ip]).sort()).toEqual([
        ['login.failed', '127.0.0.1'],
        ['two-factor.challenge.failed', '127.0.0.1'],
      ]);
    },
  );

  it('are logged as unreadable once, without the header', async () => {
    for (const header of ['unknown', 'nonsense ip=192.0.2.1']) await from(header).goes('/login');
    await guesses(['nonsense ip=192.0.2.1']);
    // The module is asked here, too.
    expect(await misses(await owner(site, 'Ann'), ['nonsense ip=192.0.2.1'])).toEqual([401]);
    const warnings = log.lines.filter((line) => line.includes('cannot be read'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('127.0.0.1');
    expect(log.lines.join()).not.toContain('nonsense');
  });
});
