import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResetWorker } from '../../src/auth/password-reset/reset-worker.js';
import { QueuedResetRow } from '../../src/auth/password-reset/queued-reset.entity.js';
import { ResetQueue } from '../../src/auth/password-reset/reset-queue.js';
import { Audit } from '../../src/audit/audit.service.js';
import { SystemClock } from '../../src/clock.js';
import { Visitor } from '../support/people/visitor.js';
import { forEachDatabase, emptyDatabase } from '../support/databases/databases.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { freePort } from '../support/portal/free-port.js';
import { portal, Portal } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { resetLinks } from '../support/people/reset-link.js';

/** Building and a real process take longer than other stories. Milliseconds. */
const patience = 120_000;

const asker = {
  actor: { type: 'system', id: 'visitor' },
  ip: null,
  userAgent: null,
  requestId: null,
} as const;

forEachDatabase('a request for a link that is left behind, on', (database) => {
  let [one, other]: Portal[] = [];
  beforeAll(async () => {
    one = await portal({ database, modules: [] });
    other = await portal({ modules: [], besides: one });
  });
  afterAll(async () => {
    await other!.close();
    await one!.close();
  });

  /** As by a process that was killed right after its answer: the row is kept, and nothing follows. */
  const leavesBehind = (email: string) => one!.app.get(ResetQueue).add(email, asker);

  const sweeps = async (...nodes: Portal[]) => {
    const desks = nodes.map((node) => node.app.get(ResetWorker));
    const sweep = (desk: ResetWorker) => {
      desk.enqueue();
      return desk.settled();
    };
    // Two nodes in one process would wait for each other's lock on the file.
    if (database === 'sqlite') for (const desk of desks) await sweep(desk);
    else await Promise.all(desks.map(sweep));
    for (const node of nodes) await node.settled();
  };

  it('is answered by another node, once, though all of them sweep at the same time', async () => {
    const ann = await one!.account('Ann');
    await leavesBehind(ann.email);
    await sweeps(one!, other!);
    await sweeps(other!, one!);
    expect(await resetLinks(one!, ann)).toHaveLength(1);
    const told = (await one!.app.get(Audit).listOf(ann.id, 10)).map(({ name }) => name);
    expect(told).toEqual(['password.reset-requested']);
  });

  it('is dropped once its link would be worth nothing', async () => {
    const ann = await one!.account('Ann');
    await leavesBehind(ann.email);
    one!.clock.advance(30 * 60_000);
    await sweeps(one!);
    expect(await resetLinks(one!, ann)).toEqual([]);
    expect(await one!.database.manager.count(QueuedResetRow)).toBe(0);
  });

  it('holds up no other where it cannot be answered, and is tried again', async () => {
    const [ann, eve] = [await one!.account('Ann'), await one!.account('Eve')];
    await leavesBehind(ann.email);
    await one!.database.manager.update(QueuedResetRow, { email: ann.email }, { asker: 'no JSON' });
    await leavesBehind(eve.email);
    await sweeps(one!);
    expect(await resetLinks(one!, eve)).toHaveLength(1);
    expect(await one!.database.manager.countBy(QueuedResetRow, { email: ann.email })).toBe(1);
    await one!.database.manager.update(
      QueuedResetRow,
      { email: ann.email },
      { asker: JSON.stringify(asker) },
    );
    await sweeps(other!);
    expect(await resetLinks(one!, ann)).toHaveLength(1);
  });

  it('is answered in the order of asking: the newest link is the one that works', async () => {
    const ann = await one!.account('Ann');
    for (let times = 0; times < 3; times += 1) {
      await leavesBehind(ann.email);
      one!.clock.advance(1);
    }
    await sweeps(one!, other!);
    const links = await resetLinks(one!, ann);
    expect(links).toHaveLength(3);
    const answers = await Promise.all(links.map((link) => one!.visitor().asks('GET', link)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('a portal killed between the answer to a forgotten password and its mail', () => {
  beforeAll(buildPortal, patience);

  it(
    'loses none: the next one mails the link',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'killed-'));
      const { url, drop } = await emptyDatabase('sqlite', folder);
      const port = String(await freePort());
      const env = {
        PORT: port,
        PORTAL_DATA: folder,
        DATABASE_URL: url,
        DEMO_PASSWORD: 'correct horse battery',
      };
      const node = await PortalProcess.start(env);
      const alice = new Visitor(`http://127.0.0.1:${port}`);
      const email = 'alice@example.com';
      expect((await alice.asks('POST', '/password/forgot', { email })).status).toBe(200);
      // Requests wait 200 ms at least, and this follows the answer at once.
      await node.kill();
      const survivor = await Portal.boot(env, {
        clock: new FixedClock(new SystemClock().now()),
        leave: () => Promise.resolve(),
      });
      try {
        expect(await survivor.database.manager.count(QueuedResetRow)).toBe(1);
        await survivor.sweeps();
        expect(await resetLinks(survivor, { email })).toHaveLength(1);
      } finally {
        await survivor.close();
        await drop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    patience,
  );
});
