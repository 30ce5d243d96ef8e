import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/portal/free-port.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { Visitor } from '../support/people/visitor.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

describe('the portal as a process', () => {
  let folder: string;
  let port: string;
  beforeAll(buildPortal, patience);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'process-'));
    port = String(await freePort());
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it(
    'starts with nothing but a folder, tells the demo accounts once, and stops cleanly',
    async () => {
      const first = await PortalProcess.start({ PORT: port, PORTAL_DATA: folder });
      const file = join(folder, 'demo-accounts.txt');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const kept = await readFile(file, 'utf8');
      const password = /^alice@example\.com\s+(\S+)/m.exec(kept)?.[1] ?? '';
      const alice = new Visitor(`http://127.0.0.1:${port}`);
      expect((await alice.signsIn({ email: 'alice@example.com', password })).address).toBe('/');
      expect((await alice.sends('/healthz', {})).status).toBe(200);
      expect((await alice.sends('/readyz', {})).status).toBe(200);
      expect(await first.stop()).toBe(0);
      const again = await PortalProcess.start({ PORT: port, PORTAL_DATA: folder });
      expect((await alice.goes('/invoices')).address).toBe('/invoices');
      expect(await again.stop()).toBe(0);
    },
    patience,
  );

  it.each([
    ['an unreachable database', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /database/i],
    ['a port that is none', { PORT: '99999' }, /PORT/],
    ['short keys', { TWO_FACTOR_KEYS: 'a:c2hvcnQ=' }, /TWO_FACTOR_KEYS|key/i],
    ['production without its settings', { NODE_ENV: 'production' }, /PUBLIC_URL|DATABASE_URL|SESSION_SECRET/],
  ])(
    'refuses %s with a sentence and exit code 1',
    async (_what, env: Record<string, string>, sentence) => {
      const { code, said } = await PortalProcess.refusal({ ...{ PORT: port, PORTAL_DATA: folder }, ...env });
      expect(code).toBe(1);
      expect(said).toMatch(sentence);
      expect(said).not.toMatch(/\bat .*\.js:\d+/);
    },
    patience,
  );
});
