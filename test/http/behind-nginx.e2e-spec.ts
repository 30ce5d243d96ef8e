import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { freePort } from '../support/portal/free-port.js';
import { KeptConnection } from '../support/network/kept-connection.js';
import { Nginx, noNginx } from '../support/network/nginx.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

const suite = noNginx ? describe.skip : describe;

suite(`behind an nginx that writes addresses with their ports${noNginx}`, () => {
  let site: Portal;
  let nginx: Nginx;
  beforeAll(async () => {
    site = await portal();
    nginx = await Nginx.start({ nodes: [site.config.port], forwards: '$remote_addr:$remote_port' });
  });
  afterAll(async () => {
    await nginx.stop();
    await site.close();
  });

  /** Signs in from an address of this machine, by a connection of its own: the status. */
  async function signsIn(from: string, email: string, password = 'not the password'): Promise<number> {
    const connection = await KeptConnection.to(nginx.port, from);
    const { status } = await connection.asks('POST', '/login', JSON.stringify({ email, password }));
    connection.destroy();
    return status;
  }

  it('31 wrong passwords from 31 addresses block no account', async () => {
    for (let i = 1; i <= 31; i += 1)
      expect(await signsIn(`127.0.2.${i}`, `somebody-${i}@example.com`)).toBe(401);
    const ann = await site.account('Ann');
    expect(await signsIn('127.0.2.40', ann.email, ann.password)).toBe(200);
  });

  it('40 wrong passwords from as many ports of one address count as 30, and events contain the bare address', async () => {
    const statuses: number[] = [];
    for (let i = 1; i <= 40; i += 1) statuses.push(await signsIn('127.0.3.1', `somebody-${i}@example.com`));
    expect(statuses).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)]);
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { name: 'login.failed' });
    expect(entries.filter(({ ip }) => ip === '127.0.3.1')).toHaveLength(30);
    expect(entries.filter(({ ip }) => ip?.includes('127.0.3.1:'))).toEqual([]);
  });
});

suite(`behind an nginx that keeps connections to two nodes${noNginx}`, () => {
  let folder: string;
  let nodes: PortalProcess[];
  let nginx: Nginx;
  beforeAll(async () => {
    buildPortal();
    folder = await mkdtemp(join(tmpdir(), 'behind-nginx-'));
    const ports = [await freePort(), await freePort()];
    nodes = [];
    for (const port of ports) {
      const env = { PORT: String(port), PORTAL_DATA: join(folder, String(port)), TRUST_PROXY: '1' };
      nodes.push(await PortalProcess.start(env));
    }
    nginx = await Nginx.start({ nodes: ports, forwards: '$remote_addr' });
  }, patience);
  afterAll(async () => {
    await nginx.stop();
    for (const each of nodes) await each.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'a node that is stopped while people send POSTs loses none of them',
    async () => {
      const sending = new AbortController();
      const statuses: number[] = [];
      const people = Array.from({ length: 20 }, () => sends(nginx.port, statuses, sending.signal));
      await reaches(statuses, 100);
      const before = statuses.length;
      expect(await nodes[0]?.stop()).toBe(0);
      await reaches(statuses, before + 200);
      sending.abort();
      await Promise.all(people);
      expect(statuses.filter((status) => status !== 400)).toEqual([]);
    },
    patience,
  );
});

/** Waits until there are so many answers, however slow the machine is. */
async function reaches(statuses: readonly number[], count: number): Promise<void> {
  while (statuses.length < count) await pause(5);
}

/** One POST after another on one connection, with a breath between them. A lost one counts as 0. */
async function sends(port: number, statuses: number[], end: AbortSignal): Promise<void> {
  const connection = await KeptConnection.to(port);
  while (!end.aborted) {
    const answer = await connection.asks('POST', '/login', '{}').catch(() => ({ status: 0 }));
    statuses.push(answer.status);
    await pause(10);
  }
  connection.destroy();
}
