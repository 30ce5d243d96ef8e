import { SessionRow } from '../../../src/auth/sessions/rows/session.entity.js';
import { bootPortal } from '../../../src/boot.js';
import { readConfig } from '../../../src/config.js';
import { DatabaseProxy } from '../../support/network/database-proxy.js';
import { forEachDatabaseServer } from '../../support/databases/databases.js';
import { portal, type Portal } from '../../support/portal/portal.js';

forEachDatabaseServer('when the database is away:', (database) => {
  let behind: Portal;
  let databaseProxy: DatabaseProxy;
  let site: Portal;
  beforeAll(async () => {
    behind = await portal({ database, modules: [] });
    const url = new URL(behind.databaseUrl);
    databaseProxy = await DatabaseProxy.to(url.hostname, Number(url.port));
    url.port = String(databaseProxy.port);
    url.hostname = '127.0.0.1';
    site = await portal({ besides: behind, modules: [], env: { DATABASE_URL: url.href } });
  });
  afterEach(() => databaseProxy.mend());
  afterAll(async () => {
    await site.close();
    await databaseProxy.remove();
    await behind.close();
  });

  it('people get a page, programs a problem, and no session is created', async () => {
    const ann = await site.account('Ann');
    const [person, newcomer, program] = [site.visitor(), site.visitor(), site.visitor()];
    await person.signsIn(ann);
    await newcomer.goes('/login');
    databaseProxy.cut();
    const page = await person.goes('/invoices');
    expect([page.status, page.title]).toEqual([503, 'Not available right now']);
    expect(page.headers.get('retry-after')).toBe('5');
    expect((await newcomer.submits({ email: ann.email, password: ann.password })).status).toBe(503);
    const answer = await program.asks('POST', '/login', { email: ann.email, password: ann.password });
    expect([answer.status, answer.body['code']]).toEqual([503, 'UNAVAILABLE']);
    expect((await program.asks('GET', '/readyz')).status).toBe(503);
    expect((await program.asks('GET', '/healthz')).status).toBe(200);
    databaseProxy.mend();
    expect((await newcomer.goes('/')).address).toBe('/login');
    expect(await behind.database.manager.countBy(SessionRow, { accountId: ann.id })).toBe(1);
  });

  it('the portal recovers by itself, with all sessions still signed in', async () => {
    const ann = await site.account('Ann');
    const person = site.visitor();
    await person.signsIn(ann);
    databaseProxy.cut();
    expect((await person.goes('/invoices')).status).toBe(503);
    databaseProxy.mend();
    expect((await person.goes('/invoices')).status).toBe(200);
    expect((await person.asks('GET', '/readyz')).status).toBe(200);
  });

  it('it does not start, and says so in one sentence without the password', async () => {
    const config = readConfig({
      PORTAL_DATA: site.config.dataFolder,
      DATABASE_URL:
        database === 'postgres'
          ? 'postgres://me:secret@127.0.0.1:1/shop'
          : 'mysql://me:secret@127.0.0.1:1/shop',
    });
    const failure: unknown = await bootPortal({ config, logger: false, modules: [] }).catch(
      (error: unknown) => error,
    );
    const { message } = failure as Error;
    expect(message).toMatch(/^The database shop on 127\.0\.0\.1:1 cannot be reached: .*\.$/);
    expect(message).not.toContain('secret');
  });
});
