import { forEachDatabase } from '../support/databases/databases.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { isAside, StatementLog } from '../support/databases/statements.js';

/** The most SQL statements a sign-in with a security code may cost, both POSTs together. */
const most = 15;

forEachDatabase('a sign-in with a security code on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it(`costs no more than ${most} statements from request to response, the hand-over apart`, async () => {
    const ann = await owner(site, 'Ann');
    const visitor = site.visitor();
    const log = StatementLog.on(site.database);
    const { email, password } = ann.person;
    const first = await counted(site, log, () => visitor.asks('POST', '/login', { email, password }));
    const code = ann.app.code();
    const second = await counted(site, log, () =>
      visitor.asks('POST', '/login/challenge', { kind: 'totp', code }),
    );
    const list = ['POST /login', ...first, 'POST /login/challenge', ...second].map((line) =>
      line.slice(0, 150),
    );
    process.stdout.write(`${list.join('\n')}\n${first.length} + ${second.length} statements\n`);
    expect((await visitor.asks('GET', '/invoices')).status).toBe(200);
    expect(first.length + second.length).toBeLessThanOrEqual(most);
    expect(first.length + second.length).toBeGreaterThan(8);
  });
});

/** The statements of one request, without those of the event delivery after the response. */
async function counted(
  site: Portal,
  log: StatementLog,
  ask: () => Promise<{ status: number }>,
): Promise<string[]> {
  await site.settled();
  log.statements.length = 0;
  const { status } = await ask();
  expect(status).toBe(200);
  const told = [...log.statements];
  await site.settled();
  return told.filter((statement) => !isAside(statement));
}
