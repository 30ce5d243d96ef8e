import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/portal/free-port.js';
import { KeptConnection, requestOf } from '../support/network/kept-connection.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

const signIn = JSON.stringify({ email: 'nobody@example.com', password: 'not the password' });

describe('connections that a proxy keeps open to the portal', () => {
  let folder: string;
  let port: number;
  let site: PortalProcess;
  let open: KeptConnection[];
  beforeAll(buildPortal, patience);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-'));
    port = await freePort();
    open = [];
    const env = { PORT: String(port), PORTAL_DATA: folder, KEEP_ALIVE_SECONDS: '1' };
    site = await PortalProcess.start(env);
  }, patience);
  afterEach(async () => {
    open.forEach((each) => each.destroy());
    await site.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function connected(): Promise<KeptConnection> {
    const made = await KeptConnection.to(port);
    open.push(made);
    return made;
  }

  /** One that was used, and is idle now. */
  async function idle(): Promise<KeptConnection> {
    const made = await connected();
    const { status, headers } = await made.asks('GET', '/healthz');
    expect([status, headers.get('keep-alive')]).toEqual([200, 'timeout=1']);
    return made;
  }

  it(
    'lose no POST around the second for which they may be idle, nor at twice that',
    async () => {
      const kept = await Promise.all(Array.from({ length: 100 }, idle));
      const statuses = await Promise.all(
        kept.map(async (each, i) => {
          await pause(i < 60 ? 900 + i * 4 : 1900 + i * 2);
          return (await each.asks('POST', '/login', '{}')).status;
        }),
      );
      expect(statuses).toEqual(Array<number>(100).fill(400));
    },
    patience,
  );

  it(
    'are closed some time after it: none is kept forever',
    async () => {
      const kept = await idle();
      await kept.closed();
      expect(kept.isOpen).toBe(false);
    },
    patience,
  );

  it(
    'lose no request at SIGTERM: running ones and those on idle connections are answered, each as the last one',
    async () => {
      const [under, quiet, probe, silent] = [await idle(), await idle(), await idle(), await connected()];
      const sent = requestOf('POST', '/login', signIn);
      under.write(sent.slice(0, -10));
      // Its head has been read, since the answer after it says so.
      await quiet.asks('GET', '/healthz');
      const stopped = site.stop();
      while (await accepts(port)) await pause(5);
      const ready = await probe.asks('GET', '/readyz');
      const late = await quiet.asks('POST', '/login', signIn);
      await pause(1_500);
      under.write(sent.slice(-10));
      const whole = await under.answer();
      expect([ready.status, late.status, whole.status]).toEqual([503, 401, 401]);
      for (const { headers } of [ready, late, whole])
        expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['close', undefined]);
      expect(await stopped).toBe(0);
      await Promise.all([under, quiet, probe, silent].map((each) => each.closed()));
    },
    patience,
  );

  it(
    'do not keep it from stopping when idle, used or not',
    async () => {
      const kept = [...(await Promise.all(Array.from({ length: 20 }, idle))), await connected()];
      expect(await site.stop()).toBe(0);
      await Promise.all(kept.map((each) => each.closed()));
    },
    patience,
  );
});

/** Does anything listen there? */
async function accepts(port: number): Promise<boolean> {
  try {
    (await KeptConnection.to(port)).destroy();
    return true;
  } catch {
    return false;
  }
}
