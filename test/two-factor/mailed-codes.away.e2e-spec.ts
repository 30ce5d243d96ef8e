import { Cable } from '../support/network/cable.js';
import { forEachDatabaseServer } from '../support/databases/databases.js';
import { asksForCode, codesTo, mailReader, resend } from '../support/people/mail-reader.js';
import { held } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

forEachDatabaseServer('codes by mail, while the database is away:', (database) => {
  const on = { MAILED_CODES: 'on' };
  let behind: Portal;
  let cable: Cable;
  let site: Portal;
  beforeAll(async () => {
    behind = await portal({ database, env: on });
    const url = new URL(behind.databaseUrl);
    cable = await Cable.to(url.hostname, Number(url.port));
    url.port = String(cable.port);
    url.hostname = '127.0.0.1';
    site = await portal({ besides: behind, env: { ...on, DATABASE_URL: url.href } });
  });
  afterEach(() => cable.mend());
  afterAll(async () => {
    await site.close();
    await cable.remove();
    await behind.close();
  });

  it('none is sent, which is said, and the one before is as good as it was', async () => {
    const { person } = await mailReader(behind, 'Ann');
    const visitor = await held(site, person);
    const code = await asksForCode(site, visitor, person);
    site.clock.advance(60_000);
    cable.cut();
    const program = site.visitor();
    visitor.cookies.copyTo(program.cookies);
    const answer = await program.asks('POST', resend.atSignIn);
    expect([answer.status, answer.body['code']]).toEqual([503, 'UNAVAILABLE']);
    cable.mend();
    expect(await codesTo(behind, person)).toHaveLength(2);
    expect((await visitor.submits({ code })).title).toBe('Welcome, Ann');
  });
});
