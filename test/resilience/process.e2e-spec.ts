import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/portal/free-port.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { Visitor } from '../support/people/visitor.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

/** How terminals are told to change colours. */
const escape = '\u001b';

/** Complete but for the database and the secrets. */
const production = () => ({
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://portal.example',
  TRUST_PROXY: '1',
  SMTP_URL: 'smtp://127.0.0.1:25',
});

/** The secrets of an earlier start. */
const secretsIn = (folder: string) => ({
  SESSION_SECRET_FILE: join(folder, 'session-secret'),
  TWO_FACTOR_KEYS_FILE: join(folder, 'two-factor-keys'),
});

/** The messages of a log in which each line is one JSON object. */
const messages = (output: string): string[] =>
  output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { message: string }).message);

const variables = (sentences: readonly string[]): string[] =>
  sentences.map((sentence) => sentence.split(' ', 1)[0] ?? '').sort();

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
    'starts with nothing but a folder, tells the demo accounts, and stops cleanly',
    async () => {
      const first = await PortalProcess.start({ PORT: port, PORTAL_DATA: folder });
      const file = join(folder, 'demo-accounts.txt');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const kept = await readFile(file, 'utf8');
      const password = /^alice@example\.com\s+(\S+)/m.exec(kept)?.[1] ?? '';
      expect(first.output.split('\n')).toEqual([
        'Checking and migrating the database …',
        'Checking and creating demo data …',
        '',
        `Client Area is ready: http://localhost:${port}`,
        '  Demo accounts   alice@example.com, bob@example.com, sam@example.com, mia@example.com',
        `  Their password  is in ${file}`,
        ...['', ''],
      ]);
      expect(first.output).not.toContain(password);
      const alice = new Visitor(`http://127.0.0.1:${port}`);
      expect((await alice.signsIn({ email: 'alice@example.com', password })).address).toBe('/');
      expect((await alice.sends('/healthz', {})).status).toBe(200);
      expect((await alice.sends('/readyz', {})).status).toBe(200);
      expect(await first.stop()).toBe(0);
      const again = await PortalProcess.start({ PORT: port, PORTAL_DATA: folder });
      expect(again.output).toContain(`  Their password  is in ${file}\n`);
      expect((await alice.goes('/invoices')).address).toBe('/invoices');
      expect(await again.stop()).toBe(0);
    },
    patience,
  );

  it(
    'writes the modules and routes of the start only where LOG_LEVEL asks for them, and no colours into files',
    async () => {
      const env = { PORT: port, PORTAL_DATA: folder };
      const site = await PortalProcess.start({ ...env, LOG_LEVEL: 'info' });
      expect(site.output).toMatch(/LOG \[RouterExplorer\] Mapped \{\/login, GET\} route/);
      expect(site.output).not.toContain(escape);
      expect(await site.stop()).toBe(0);
    },
    patience,
  );

  it(
    'writes nothing but JSON in production, from the first line to the last',
    async () => {
      const database = `sqlite:${join(folder, 'portal.sqlite')}`;
      const tried = await PortalProcess.start({ PORT: port, PORTAL_DATA: folder, DATABASE_URL: database });
      await tried.stop();
      const env = { ...production(), ...secretsIn(folder), PORT: port, DATABASE_URL: database };
      const site = await PortalProcess.start(env);
      const stranger = new Visitor(`http://127.0.0.1:${port}`);
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'http://portal.lan' };
      await stranger.sends('/login', { method: 'POST', headers, body: 'email=a&password=b' });
      expect(await site.stop()).toBe(0);
      expect(messages(site.output)).toEqual([
        'Client Area is ready: https://portal.example',
        expect.stringContaining('refused origin'),
      ]);
      expect(site.output).not.toContain(escape);
    },
    patience,
  );

  it(
    'says everything that is wrong at once, in production as JSON, and ends with exit code 1',
    async () => {
      const wrong = { PORT: '70000', LOG_LEVEL: 'loud', REQUIRE_TWO_FACTOR: 'yes' };
      const plain = await PortalProcess.refusal({ ...wrong, PORTAL_DATA: folder, NODE_ENV: 'prod' });
      expect([plain.code, variables(plain.said.trim().split('\n'))]).toEqual([
        1,
        ['LOG_LEVEL', 'NODE_ENV', 'PORT', 'REQUIRE_TWO_FACTOR'],
      ]);
      const json = await PortalProcess.refusal({ ...production(), ...wrong, PORTAL_DATA: folder });
      expect([json.code, variables(messages(json.said))]).toEqual([
        1,
        ['DATABASE_URL', 'LOG_LEVEL', 'PORT', 'REQUIRE_TWO_FACTOR', 'SESSION_SECRET', 'TWO_FACTOR_KEYS'],
      ]);
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
