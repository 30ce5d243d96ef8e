import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { SystemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { portalDataSource } from '../../src/database/connection/data-source.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { blockAudit } from '../support/databases/blocked-audit.js';
import { emptyDatabase, forEachDatabase, type EmptyDatabase } from '../support/databases/databases.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { codesOn, scans } from '../support/people/owner.js';
import { freePort } from '../support/portal/free-port.js';
import { portalOn } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { Visitor } from '../support/people/visitor.js';

/** Building and two real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

const told = ['two-factor.backup-codes.issued', 'two-factor.enabled', 'two-factor.factor.enrolled'];

forEachDatabase('a portal killed between commit and hand-over, on', (kind) => {
  let folder: string;
  let empty: EmptyDatabase;
  let database: DataSource;
  let env: Record<string, string>;

  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    empty = await emptyDatabase(kind, folder);
    const port = String(await freePort());
    env = {
      PORT: port,
      PORTAL_DATA: folder,
      DATABASE_URL: empty.url,
      DEMO_PASSWORD: 'correct horse battery',
    };
    database = portalDataSource(readConfig(env), installedModules);
  });
  afterAll(async () => {
    if (database.isInitialized) await database.destroy();
    await empty.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'loses no event: another node delivers them, each once',
    async () => {
      await diesWhileEnabling();
      // One of them may be in the audit by now: its statement was with the database already. None counts as delivered.
      expect(await database.query('SELECT id FROM two_factor_events')).toHaveLength(told.length);
      const survivor = await portalOn(env);
      try {
        await survivor.sweeps();
        const mails = await survivor.inbox.of('alice@example.com');
        expect(mails.map(({ subject }) => subject)).toEqual(['Two-factor authentication is on']);
      } finally {
        await survivor.close();
      }
      expect(await entries()).toEqual(told);
    },
    patience,
  );

  it(
    'loses no backup codes: after the restart, the page that Bob had open shows them again',
    async () => {
      const node = await PortalProcess.start(env);
      const { visitor, codes } = await enables('bob@example.com').finally(() => node.kill());
      const restarted = await PortalProcess.start(env);
      try {
        expect(codesOn(await visitor.goes(visitor.page.address))).toEqual(codes);
        await visitor.presses('/account/security/two-factor/backup-codes/saved');
        expect(visitor.page.text).toContain('10 of 10 backup codes left');
      } finally {
        await restarted.kill();
      }
    },
    patience,
  );

  /** Turns two-factor on, on the pages of the running node. `last`: what happens before the code is sent. */
  async function enables(
    email: string,
    last: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{ visitor: Visitor; codes: string[] }> {
    const visitor = new Visitor(`http://127.0.0.1:${env['PORT']}`);
    await visitor.signsIn({ email, password: 'correct horse battery' });
    await visitor.goes('/account/security/two-factor/totp');
    const setup = await visitor.presses('/account/security/two-factor/totp/setup');
    const app = scans({ clock: new FixedClock(new SystemClock().now()) }, setup);
    await last();
    const codes = codesOn(await visitor.submits({ code: app.code() }));
    expect(codes).toHaveLength(10);
    return { visitor, codes };
  }

  /**
   * Alice sees her backup codes, so all of it is committed; then the node is killed, before it could deliver any event.
   */
  async function diesWhileEnabling(): Promise<void> {
    const node = await PortalProcess.start(env);
    try {
      await database.initialize();
      let freeAudit: Awaited<ReturnType<typeof blockAudit>> | undefined;
      await enables('alice@example.com', async () => {
        freeAudit = await blockAudit(database, kind);
      });
      await node.kill();
      await freeAudit?.();
    } finally {
      await node.kill();
    }
  }

  async function entries(): Promise<string[]> {
    const rows = await database.manager.find(AuditEntryRow, { select: { name: true } });
    return rows
      .map(({ name }) => name)
      .filter((name) => name.startsWith('two-factor.'))
      .sort();
  }
});
