import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyDatabase, forEachDatabase, type EmptyDatabase } from '../support/databases/databases.js';
import { Program } from '../support/people/program.js';
import { Visitor } from '../support/people/visitor.js';
import { freePort } from '../support/portal/free-port.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';

/** Building and several real processes take longer than other stories. Milliseconds. */
const patience = 300_000;
const password = 'correct horse battery';

forEachDatabase('a portal killed around an approval, on', (kind) => {
  let folder: string;
  let empty: EmptyDatabase;
  let env: Record<string, string>;

  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    empty = await emptyDatabase(kind, folder);
    const port = String(await freePort());
    env = { PORT: port, PORTAL_DATA: folder, DATABASE_URL: empty.url, DEMO_PASSWORD: password };
  });
  afterAll(async () => {
    await empty.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a part of the story on a node of its own, which is killed at its end. */
  async function on<T>(part: () => Promise<T>): Promise<T> {
    const node = await PortalProcess.start(env);
    return part().finally(() => node.kill());
  }

  it(
    'keeps token, request and decision, and the token acts once',
    async () => {
      const site = { url: `http://127.0.0.1:${env['PORT']}` };
      const alice = new Visitor(site.url);
      const confirms = () => alice.asks('POST', '/account/confirm', { password });
      const { program, path, id } = await on(async () => {
        await alice.signsIn({ email: 'alice@example.com', password });
        await confirms();
        const fields = { name: 'Script', scopes: 'services:read domains:write' };
        const made = (await alice.asks('POST', '/account/tokens', fields)).body['token'];
        const program = new Program(site, (made as { value: string }).value);
        const { services } = (await program.asks('GET', '/services')).body as {
          services: { id: string; hasEppCode?: boolean }[];
        };
        const path = `/services/${services.find(({ hasEppCode }) => hasEppCode)?.id}/epp-code`;
        const { status, body } = await program.asks('POST', path);
        expect(status).toBe(202);
        return { program, path, id: (body['approval'] as { id: string }).id };
      });
      await on(async () => {
        await confirms();
        expect((await alice.asks('POST', `/approvals/${id}`)).status).toBe(200);
      });
      const acts = () => program.asks('POST', path, undefined, { 'Approval-Id': id });
      expect((await on(acts)).status).toBe(200);
      const again = await on(acts);
      expect([again.status, again.body['reason']]).toEqual([403, 'used']);
    },
    patience,
  );
});
