import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScureBase32Plugin } from 'otplib';
import { SystemClock } from '../../src/clock.js';
import { projectRoot } from '../../src/pages/common/project-root.js';
import { AuthenticatorApp } from '../support/people/authenticator-app.js';
import { freePort } from '../support/portal/free-port.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { Visitor } from '../support/people/visitor.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;
/** The sign-ins until V8 knows the code, those that are counted, and some after them, so that the clocks need not agree exactly. */
const signIns = { before: 200, counted: 200, after: 20 };

const password = 'a password for load tests';

describe('the objects of a sign-in', () => {
  let env: Record<string, string>;
  beforeAll(buildPortal, patience);
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shapes-'));
    const port = String(await freePort());
    env = { PORT: port, PORTAL_DATA: folder, PASSWORD_HASH: 'm=8,t=1,p=1', TRUST_PROXY: '1' };
  });
  afterEach(() => rm(env['PORTAL_DATA'] ?? '', { recursive: true, force: true }));

  async function signIn(number: number): Promise<void> {
    const email = `user${String(number).padStart(6, '0')}@example.net`;
    const secret = new ScureBase32Plugin().encode(createHash('sha1').update(email).digest());
    const visitor = new Visitor(`http://127.0.0.1:${env['PORT']}`);
    expect((await visitor.asks('POST', '/login', { email, password })).status).toBe(200);
    const code = AuthenticatorApp.types(secret, new SystemClock()).code();
    const signedIn = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code });
    expect(signedIn.body).toEqual({ status: 'signed-in' });
  }

  it(
    'have hidden classes that V8 knows, so that it does not look up each property again',
    async () => {
      const people = signIns.before + signIns.counted + signIns.after;
      const seed = join(projectRoot(), 'dist/src/cli/seed.js');
      const asked = ['--accounts', String(people)];
      execFileSync(process.execPath, [seed, ...asked], { env: { ...env, SEED_PASSWORD: password } });
      const log = join(env['PORTAL_DATA'] ?? '', 'v8.log');
      const flags = ['--log-ic', `--logfile=${log}`, '--no-logfile-per-isolate'];
      const started = performance.now();
      const site = await PortalProcess.start(env, ...flags);
      const begun: number[] = [];
      for (let i = 0; i < people; i += 1) {
        begun.push(performance.now() - started);
        await signIn(i + 1);
      }
      await site.stop();
      const looked = await lookups(log);
      expect(looked.length).toBeGreaterThan(1000);
      const [from = 0, to = 0] = [begun[signIns.before], begun[signIns.before + signIns.counted]];
      const late = looked.filter(({ at }) => at > from && at < to);
      // One object with a new hidden class in each sign-in causes at least one.
      expect(new Set(late.map(({ shape }) => shape)).size).toBeLessThan(signIns.counted);
    },
    patience,
  );
});

/** async-mutex is compiled to generators made by functions, and each of them has a hidden class of its own. */
const ofAsyncMutex = 'next';

/** The properties that V8 had to look up: when, in milliseconds since the process started, and the hidden class of the object. */
async function lookups(log: string): Promise<{ at: number; shape: string }[]> {
  const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => /^\w*IC,/.test(line));
  const all = lines.map((line) => {
    const [, , microseconds, , , , , shape = '', property] = line.split(',');
    return { at: Number(microseconds) / 1000, shape, property };
  });
  return all.filter(({ property }) => property !== ofAsyncMutex);
}
