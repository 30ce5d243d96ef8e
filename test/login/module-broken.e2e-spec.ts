import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/pages/common/project-root.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { freePort } from '../support/portal/free-port.js';
import { owner } from '../support/people/owner.js';
import { portal } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';

/** Building and real processes take longer than other stories. Milliseconds. */
const patience = 300_000;

/** The built portal once more, with every package but this one. */
async function installedWithout(name: string, folder: string): Promise<string> {
  const root = projectRoot();
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  await mkdir(join(folder, 'node_modules'));
  for (const each of await readdir(join(root, 'node_modules')))
    if (each !== name) await symlink(join(root, 'node_modules', each), join(folder, 'node_modules', each));
  return folder;
}

describe('a portal with a broken two-factor module', () => {
  let folder: string;
  beforeAll(buildPortal, patience);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broken-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it(
    'does not start while the package is missing, and says which it is',
    async () => {
      const root = await installedWithout('nestjs-two-factor', folder);
      const env = { PORT: String(await freePort()), PORTAL_DATA: join(folder, 'data') };
      const { code, said } = await PortalProcess.refusal(env, root);
      expect(code).toBe(1);
      expect(said).toContain("Cannot find package 'nestjs-two-factor'");
    },
    patience,
  );

  it(
    'does not start in production while a migration is missing, and says what to do',
    async () => {
      const { code, said } = await PortalProcess.refusal({
        ...{ NODE_ENV: 'production', PORT: String(await freePort()), PORTAL_DATA: folder },
        ...{ PUBLIC_URL: 'https://portal.example', TRUST_PROXY: '1' },
        ...{ DATABASE_URL: `sqlite:${join(folder, 'new.sqlite')}`, SMTP_URL: 'smtp://127.0.0.1:25' },
        ...{ MAIL_FROM: 'portal@portal.example', SESSION_SECRET: randomBytes(32).toString('base64') },
        TWO_FACTOR_KEYS: `a:${randomBytes(32).toString('base64')}`,
      });
      const { message } = JSON.parse(said) as { message: string };
      expect([code, message]).toEqual([
        1,
        'The database is not up to date: run `npm run portal -- migrate` first.',
      ]);
    },
    patience,
  );
});

forEachDatabase('while a table of two-factor is missing on', (database) => {
  it.each(['two_factor_accounts', 'two_factor_factors', 'two_factor_tokens', 'two_factor_events'])(
    'the password alone does not sign in: %s',
    async (table) => {
      const site = await portal({ database });
      try {
        const ann = await owner(site, 'Ann');
        await site.database.query(`ALTER TABLE ${table} RENAME TO not_there`);
        const visitor = site.visitor();
        const { email, password } = ann.person;
        const answer = await visitor.asks('POST', '/login', { email, password });
        expect([answer.status, answer.body['code']]).toEqual([503, 'UNAVAILABLE']);
        expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
        await site.database.query(`ALTER TABLE not_there RENAME TO ${table}`);
        expect((await visitor.asks('POST', '/login', { email, password })).body['status']).toBe('challenge');
      } finally {
        await site.close();
      }
    },
  );
});
