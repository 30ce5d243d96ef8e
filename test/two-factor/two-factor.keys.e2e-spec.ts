import { randomBytes, randomUUID } from 'node:crypto';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { EppCodes } from '../../src/billing/epp-codes.js';
import { Services } from '../../src/billing/services/services.service.js';
import { seedCommand } from '../../src/seed/seed.command.js';
import { keysCommand } from '../../src/two-factor/commands/keys.command.js';
import { printed } from '../support/portal/command-line.js';
import { CommandProcess } from '../support/portal/command-process.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { freePort } from '../support/portal/free-port.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

/** More values than a process encrypts again before a kill reaches it. */
const seeded = 600;

const secrets: Readonly<Record<string, string>> = {
  first: randomBytes(32).toString('base64'),
  second: randomBytes(32).toString('base64'),
  third: randomBytes(32).toString('base64'),
};
const ring = (...ids: string[]) => ({ TWO_FACTOR_KEYS: ids.map((id) => `${id}:${secrets[id]}`).join(',') });

interface Report {
  readonly keys: readonly { readonly id: string; readonly sealed: Readonly<Record<string, number>> }[];
  readonly resealed?: number;
}

forEachDatabase('changing the keys, on', (database) => {
  let site: Portal;
  const eppCode = 'Kx7-pQ2v$mR9';
  const domain = randomUUID();
  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    site = await portal({ database, env: ring('first') });
    const queued = ['seed', '--accounts', String(seeded)];
    await printed(site, [seedCommand], queued, { ...ring('first'), SEED_PASSWORD: 'correct horse battery' });
  }, patience);
  afterAll(() => site.close());

  function types(keys: Record<string, string>, ...words: string[]): CommandProcess {
    const env = { ...{ PORTAL_DATA: site.config.dataFolder, DATABASE_URL: site.databaseUrl }, ...keys };
    return CommandProcess.types(env, 'two-factor:keys', ...words);
  }

  async function reported(command: CommandProcess): Promise<Report> {
    const { code, answer, complaints } = await command.result();
    expect([code, complaints.replace(/^Encrypted so far: \d+\n/gm, '')]).toEqual([0, '']);
    return JSON.parse(answer) as Report;
  }

  /** How many values each key has sealed, of all sorts. */
  async function counts(keys: Record<string, string>): Promise<Record<string, number>> {
    const answer = await printed(site, [keysCommand], ['two-factor:keys', '--json'], keys);
    const { keys: uses } = JSON.parse(answer) as Report;
    const sum = (sealed: Readonly<Record<string, number>>) => Object.values(sealed).reduce((a, b) => a + b);
    return Object.fromEntries(uses.map(({ id, sealed }) => [id, sum(sealed)]));
  }

  async function told(): Promise<string[]> {
    const name = 'two-factor.secrets.resealed';
    const entries = await site.database.manager.findBy(AuditEntryRow, { name });
    return entries.map(({ actorType, data }) => `${actorType} ${data}`).sort();
  }

  it(
    'killed midway it emits no event; repeated, twice at once, it is complete',
    async () => {
      const keys = ring('second', 'first');
      const stopped = types(keys, 'rotate');
      await stopped.says();
      await stopped.kill();
      const { first = 0, second = 0 } = await counts(keys);
      expect([first > 0, second > 0, first + second]).toEqual([true, true, seeded]);
      expect(await told()).toEqual([]);
      const runs = [types(keys, 'rotate', '--json'), types(keys, 'rotate', '--json')];
      const resealed = (await Promise.all(runs.map(reported))).map((each) => each.resealed ?? 0);
      expect(resealed.reduce((a, b) => a + b)).toBe(first);
      expect(await counts(keys)).toEqual({ second: seeded, first: 0 });
      expect(await told()).toEqual(resealed.map((count) => `cli {"key":"second","count":${count}}`).sort());
    },
    patience,
  );

  it(
    'blocks no sign-in during its run, and the new key alone is enough afterwards',
    async () => {
      const keys = ring('third', 'second', 'first');
      const node = await portal({ besides: site, env: keys });
      const people = [await owner(node, 'Ann'), await owner(node, 'Bob'), await owner(node, 'Cem')];
      const ann = people[0]?.person.id ?? '';
      await addDomain(ann);
      const rotation = types(keys, 'rotate', '--json');
      const over = new AbortController();
      const report = reported(rotation).finally(() => over.abort());
      const addresses: string[] = [];
      while (!over.signal.aborted) addresses.push(...(await signIn(node, people)));
      expect((await report).resealed).toBeGreaterThanOrEqual(seeded);
      expect(new Set(addresses)).toEqual(new Set(['/']));
      expect(addresses.length).toBeGreaterThan(people.length);
      expect(await counts(keys)).toMatchObject({ second: 0, first: 0 });
      await node.close();
      const alone = await portal({ besides: site, env: ring('third') });
      expect(await signIn(alone, people)).toEqual(['/', '/', '/']);
      expect(await alone.app.get(EppCodes, { strict: false }).open(ann, domain)).toBe(eppCode);
      await alone.close();
    },
    patience,
  );

  it(
    'without a key that is still needed the portal does not start, and says which in one sentence',
    async () => {
      const { code, answer } = await types(ring('second'), '--json').result();
      expect(code).toBe(1);
      expect(JSON.parse(answer)).toMatchObject({ seals: 'second', missing: [{ id: 'third' }] });
      const env = { PORTAL_DATA: site.config.dataFolder, DATABASE_URL: site.databaseUrl };
      const port = { PORT: String(await freePort()) };
      const refused = await PortalProcess.refusal({ ...env, ...port, ...ring('second') });
      expect(refused.code).toBe(1);
      expect(refused.said).toContain('The key ring has no key "third"');
      expect(refused.said).not.toMatch(/\bat .*\.js:\d+/);
    },
    patience,
  );

  /** All people sign in with the code of a new step, at the same moment; returns the page of each. */
  function signIn(node: Portal, people: readonly Owner[]): Promise<string[]> {
    node.clock.advance(30_000);
    return Promise.all(
      people.map(async ({ person, app }) => {
        const visitor = await pending(node, person);
        return (await visitor.submits({ code: app.code() })).address;
      }),
    );
  }

  /** Its code is sealed under the first key: the node of this story has another ring. */
  async function addDomain(accountId: string): Promise<void> {
    const now = site.clock.now();
    const times = { startedAt: now, dueAt: now, expiresAt: now };
    const price = { cents: 1590, currency: 'EUR', cycle: 'yearly', status: 'active' } as const;
    const facts = { id: domain, kind: 'domain', label: 'ann.example', registrarLock: false } as const;
    await site.app
      .get(Services, { strict: false })
      .add(accountId, [{ ...facts, ...price, ...times, eppCode }]);
  }
});
