import { SchedulerRegistry } from '@nestjs/schedule';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { newAddress, wantsAddress } from '../support/people/email-link.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { forgets, resetLinks } from '../support/people/reset-link.js';
import { StatementLog } from '../support/databases/statements.js';

forEachDatabase('the work behind an answer, on', (database) => {
  let house: Portal;
  let log: StatementLog;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
    // No maintenance round runs between the compared states.
    const rounds = house.app.get(SchedulerRegistry, { strict: false });
    for (const name of rounds.getIntervals()) rounds.deleteInterval(name);
    log = StatementLog.on(house.database);
  });
  afterAll(() => house.close());

  /** All statements of a request: its answer, the delivery of its event, its mails and their delivery. */
  async function workOf(act: () => Promise<unknown>): Promise<string[]> {
    await house.settled();
    log.statements.length = 0;
    await act();
    await house.settled();
    // Asked once for each new connection: by MariaDB's driver, and on PostgreSQL to learn the isolation level.
    return log.statements.filter(
      (each) => !/^SHOW (SESSION VARIABLES|default_transaction_isolation)/.test(each),
    );
  }

  /** Several things go on at once, so in the order of the alphabet. */
  const listed = (work: readonly string[]) => [...work].sort();

  const byProgram = (email: string) => house.visitor().asks('POST', '/password/forgot', { email });
  const byPage = (email: string) => forgets(house.visitor(), email);

  it.each([
    ['a program', byProgram],
    ['a page', byPage],
  ])(
    'of a forgotten password is the same whether an account has the address or not, asked by %s',
    async (_, ask) => {
      const [ann, eve] = [await house.account('Ann'), await house.account('Eve')];
      await house.database.manager.update(AccountRow, { id: eve.id }, { suspendedAt: 1 });
      // The rows of a decoy's link and of Ann's are there before.
      for (const email of [ann.email, 'nobody@example.com']) await workOf(() => byProgram(email));
      const known = await workOf(() => ask(ann.email));
      const unknown = await workOf(() => ask(`unknown.${ann.email}`));
      const suspended = await workOf(() => ask(eve.email));
      expect(listed(unknown)).toEqual(listed(known));
      expect(listed(suspended)).toEqual(listed(known));
      // The request is stored without a look-up; the work follows later, at its own time.
      const asked = known.findIndex((each) => /INTO .?password_reset_requests/.test(each));
      expect(known.slice(0, asked).filter((each) => /accounts/.test(each))).toEqual([]);
      expect(known.length - asked).toBeGreaterThan(9);
      expect(await resetLinks(house, ann)).toHaveLength(2);
      for (const email of [`unknown.${ann.email}`, eve.email])
        expect(await house.inbox.of(email)).toEqual([]);
    },
  );

  it('writes rows of the same size for a known address and an unknown one', async () => {
    const ann = await house.account('Ann');
    const sizes: number[][] = [];
    for (const email of [ann.email, ann.email.replace('ann', 'xyz')]) {
      await house.settled();
      log.sent.length = 0;
      await byProgram(email);
      await house.settled();
      const rows = log.sent.filter(({ query }) => /INTO .?(mails|password_reset|portal_events)/.test(query));
      sizes.push(rows.flatMap(({ parameters }) => parameters.map((each) => String(each).length)));
    }
    const [known = [], unknown = []] = sizes;
    expect(known.length).toBeGreaterThan(10);
    expect(unknown).toHaveLength(known.length);
    // The event names the account or contains null, and compressed mails differ in length.
    expect(Math.max(...known.map((size, i) => Math.abs(size - (unknown[i] ?? 0))))).toBeLessThanOrEqual(64);
  });

  it('of a new address is the same whether an account has it or not', async () => {
    const bob = await house.account('Bob');
    const works: string[][] = [];
    for (const email of [bob.email, newAddress()]) {
      const visitor = house.visitor();
      await visitor.signsIn(await house.account('Ann'));
      await visitor.goes('/account/email');
      works.push(await workOf(() => wantsAddress(visitor, email)));
    }
    expect(listed(works[1] ?? [])).toEqual(listed(works[0] ?? []));
    expect(works[0]?.length).toBeGreaterThan(12);
  });

  it('of a refused sign-in is the same whether an account has the address or not', async () => {
    const ann = await house.account('Ann');
    const tries = (email: string) => () =>
      house.visitor().asks('POST', '/login', { email, password: 'not the password' });
    const known = await workOf(tries(ann.email));
    expect(listed(await workOf(tries(`unknown.${ann.email}`)))).toEqual(listed(known));
    expect(known.length).toBeGreaterThan(3);
  });
});
