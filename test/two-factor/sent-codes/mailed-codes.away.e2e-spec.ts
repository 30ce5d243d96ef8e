import { DatabaseProxy } from '../../support/network/database-proxy.js';
import { forEachDatabaseServer } from '../../support/databases/databases.js';
import { asksForCode, codesTo, mailReader, resend } from '../../support/people/mail-reader.js';
import { pending } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

forEachDatabaseServer('codes by mail, while the database is away:', (database) => {
  const on = { MAILED_CODES: 'on' };
  let behind: Portal;
  let databaseProxy: DatabaseProxy;
  let site: Portal;
  beforeAll(async () => {
    behind = await portal({ database, env: on });
    const url = new URL(behind.databaseUrl);
    databaseProxy = await DatabaseProxy.to(url.hostname, Number(url.port));
    url.port = String(databaseProxy.port);
    url.hostname = '127.0.0.1';
    site = await portal({ besides: behind, env: { ...on, DATABASE_URL: url.href } });
  });
  afterEach(() => databaseProxy.mend());
  afterAll(async () => {
    await site.close();
    await databaseProxy.remove();
    await behind.close();
  });

  it('none is sent, which is said, and the one before is as good as it was', async () => {
    const { person } = await mailReader(behind, 'Ann');
    const visitor = await pending(site, person);
    const code = await asksForCode(site, visitor, person);
    site.clock.advance(60_000);
    databaseProxy.cut();
    const program = site.visitor();
    visitor.cookies.copyTo(program.cookies);
    const answer = await program.asks('POST', resend.atSignIn);
    expect([answer.status, answer.body['code']]).toEqual([503, 'UNAVAILABLE']);
    databaseProxy.mend();
    expect(await codesTo(behind, person)).toHaveLength(2);
    expect((await visitor.submits({ code })).title).toBe('Welcome, Ann');
  });
});
