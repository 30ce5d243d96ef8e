import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwoFactor } from 'nestjs-two-factor';
import type { DataSource } from 'typeorm';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { SystemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { portalDataSource } from '../../src/database/connection/data-source.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { blockAudit } from '../support/databases/blocked-audit.js';
import { emptyDatabase, forEachDatabase, type EmptyDatabase } from '../support/databases/databases.js';
import { scans } from '../support/people/owner.js';
import { Visitor } from '../support/people/visitor.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { freePort } from '../support/portal/free-port.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { portalOn } from '../support/portal/portal.js';

/** Building and a real process take longer than other stories. Milliseconds. */
const patience = 300_000;

const password = 'correct horse battery';
const [ann, sam] = ['alice@example.com', 'sam@example.com'];
const reason = 'The caller lost the phone.';

forEachDatabase('a portal killed between a reset and its mail, on', (kind) => {
  let folder: string;
  let empty: EmptyDatabase;
  let database: DataSource;
  let env: Record<string, string>;

  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'resets-'));
    empty = await emptyDatabase(kind, folder);
    const place = { PORT: String(await freePort()), PORTAL_DATA: folder, DATABASE_URL: empty.url };
    env = { ...place, DEMO_PASSWORD: password };
    database = portalDataSource(readConfig(env), installedModules);
  });
  afterAll(async () => {
    if (database.isInitialized) await database.destroy();
    await empty.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'has done it once: the account is shut, another node mails the owner, and a second try finds nothing to do',
    async () => {
      const accountId = await diesWhileResetting();
      const survivor = await portalOn(env);
      try {
        await survivor.sweeps();
        const subjects = (await survivor.inbox.of(ann)).map(({ subject }) => subject);
        expect(
          subjects.filter((subject) => subject === 'Set up two-factor authentication again'),
        ).toHaveLength(1);
        const caller = survivor.visitor();
        expect((await caller.signsIn({ email: ann, password })).address).toBe('/login/enrol/totp');
        const twoFactor = survivor.app.get(TwoFactor, { strict: false });
        const request = { mode: 're-enrol', reason } as const;
        const again = await twoFactor.reset(accountId, request, { type: 'staff', id: 'sam' });
        expect(again).toEqual({ mode: 're-enrol', reset: false });
      } finally {
        await survivor.close();
      }
      const where = { name: 'two-factor.reset' };
      expect(await database.manager.countBy(AuditEntryRow, where)).toBe(1);
    },
    patience,
  );

  /** Turns two-factor on, on the pages of the running node. The app shows its next code then. */
  async function enables(email: string) {
    const visitor = new Visitor(`http://127.0.0.1:${env['PORT']}`);
    await visitor.signsIn({ email, password });
    await visitor.goes('/account/security/two-factor/totp');
    const clock = new FixedClock(new SystemClock().now());
    const app = scans({ clock }, await visitor.presses('/account/security/two-factor/totp/setup'));
    await visitor.submits({ code: app.code(), label: 'My phone' });
    clock.advance(30_000);
    return { visitor, app };
  }

  /** The agent sees that the reset is done, so all of it is committed; then the node is killed, before it could deliver any event. */
  async function diesWhileResetting(): Promise<string> {
    const node = await PortalProcess.start(env);
    try {
      await database.initialize();
      await enables(ann);
      const { visitor: agent, app } = await enables(sam);
      const { id } = await database.manager.findOneByOrFail(AccountRow, { email: ann });
      const room = `/staff/clients/${id}/two-factor/reset`;
      const asked = await agent.asks('POST', room, { reason, mode: 're-enrol' });
      const proof = { password, kind: 'totp', code: app.code(), act: asked.body['act'] };
      expect((await agent.asks('POST', '/account/confirm', proof)).status).toBe(200);
      const freeAudit = await blockAudit(database, kind);
      const done = await agent.asks('POST', room, { reason, mode: 're-enrol' });
      expect([done.status, done.body['mode']]).toEqual([200, 're-enrol']);
      await node.kill();
      await freeAudit();
      return id;
    } finally {
      await node.kill();
    }
  }
});
