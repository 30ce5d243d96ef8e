import { IsNull } from 'typeorm';
import { AccountRow } from '../../../src/accounts/account.entity.js';
import { Accounts } from '../../../src/accounts/accounts.service.js';
import { SessionRow } from '../../../src/auth/sessions/rows/session.entity.js';
import type { Person } from '../../support/people/accounts.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { newAddress, newEmailLink, subjectsTo } from '../../support/people/email-link.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { newLink } from '../../support/people/reset-link.js';
import type { Visitor } from '../../support/people/visitor.js';

const minutes = 60_000;
const fresh = 'a brand new password';

forEachDatabase('another e-mail address on', (database) => {
  let house: Portal;
  let other: Portal;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
    other = await portal({ database, modules: [], besides: house });
  });
  afterAll(async () => {
    await other.close();
    await house.close();
  });

  async function signedIn(name = 'Ann'): Promise<{ person: Person; visitor: Visitor }> {
    const [person, visitor] = [await house.account(name), house.visitor()];
    await visitor.signsIn(person);
    return { person, visitor };
  }

  /** A signed-in person who requested an address, with the link that was mailed to it. */
  async function asked(name = 'Ann') {
    const { person, visitor } = await signedIn(name);
    const email = newAddress(name.toLowerCase());
    return { person, visitor, email, link: await newEmailLink(house, visitor, email) };
  }

  async function opened(link: string): Promise<[number, string]> {
    const page = await house.visitor().goes(link);
    return [page.status, page.title];
  }
  const refused = [404, 'This link does not work'];
  const confirms = async (link: string, visitor = house.visitor()) =>
    (await visitor.asks('POST', link)).status;
  const addressOf = async ({ id }: Person) => (await house.app.get(Accounts).byId(id))?.email;
  const worksWith = async (email: string, password: string) =>
    (await house.visitor().signsIn({ email, password })).address === '/';

  it('counts when it is confirmed by the link mailed there, and the old one no longer does', async () => {
    const { person, visitor } = await signedIn();
    const email = newAddress();
    await visitor.goes('/account/profile');
    await visitor.goes(visitor.page.link('Change e-mail address'));
    await visitor.submits({ email: ` ${email.toUpperCase()}` });
    expect(visitor.page.all('[role=status]')[0]).toContain(email);
    expect(await worksWith(email, person.password)).toBe(false);
    const link = await newEmailLink(house, visitor, email);
    expect((await visitor.goes(link)).headers.get('cache-control')).toBe('no-store');
    expect(visitor.page.text).toContain(email);
    await visitor.presses(link);
    expect([visitor.page.address, visitor.page.all('[role=status]')]).toEqual([
      '/account/sessions?done=email-changed',
      ['Your e-mail address has been changed, and every other session has ended.'],
    ]);
    const works = [await worksWith(person.email, person.password), await worksWith(email, person.password)];
    expect(works).toEqual([false, true]);
  });

  it('is mailed to the old one at the request and at the change', async () => {
    const { person, email, link } = await asked();
    expect(await subjectsTo(house, person)).toEqual(['A new e-mail address was requested']);
    expect(await subjectsTo(house, { email })).toEqual(['Confirm your e-mail address']);
    await confirms(link);
    expect(await subjectsTo(house, person)).toEqual([
      'A new e-mail address was requested',
      'Your e-mail address was changed',
    ]);
    expect(await subjectsTo(house, { email })).toHaveLength(1);
  });

  it('ends every session but the one that confirms it', async () => {
    const { person, visitor, link } = await asked();
    const there = house.visitor();
    await there.signsIn(person);
    await visitor.goes(link);
    const page = await visitor.presses(link).then(() => visitor.goes('/account/sessions'));
    expect([page.address, page.all('.row-item').length]).toEqual(['/account/sessions', 1]);
    expect((await there.goes('/')).address).toBe('/login');
    const living = { accountId: person.id, endedAt: IsNull() };
    expect(await house.database.manager.countBy(SessionRow, living)).toBe(1);
  });

  it('can be confirmed without a session, and creates none', async () => {
    const { visitor: owner, link } = await asked();
    const visitor = house.visitor();
    await visitor.goes(link);
    await visitor.presses(link);
    expect([visitor.page.address, visitor.page.all('[role=status]')]).toEqual([
      '/login?done=email',
      ['Your e-mail address has been changed. Sign in with the new one.'],
    ]);
    for (const each of [visitor, owner]) expect((await each.goes('/')).address).toBe('/login');
  });

  it('is not confirmed by looking at the page, as mail scanners do', async () => {
    const { person, link } = await asked();
    for (let times = 0; times < 3; times++) expect((await opened(link))[0]).toBe(200);
    expect(await addressOf(person)).toBe(person.email);
  });

  it('is confirmed once, also when two follow the link at the same instant', async () => {
    const { person, email, link } = await asked();
    const sent = await Promise.all([1, 2, 3].map(() => confirms(link)));
    expect(sent.sort()).toEqual([200, 404, 404]);
    expect(await opened(link)).toEqual(refused);
    expect(await subjectsTo(house, person)).toHaveLength(2);
    expect(await addressOf(person)).toBe(email);
  });

  it('is confirmed by the newest link alone', async () => {
    const { person, visitor, link } = await asked();
    const another = newAddress();
    const newer = await newEmailLink(house, visitor, another);
    expect([await opened(link), await confirms(link)]).toEqual([refused, 404]);
    expect([await confirms(newer), await addressOf(person)]).toEqual([200, another]);
  });

  it('is not confirmed after 30 minutes', async () => {
    const { person, link } = await asked();
    house.clock.advance(30 * minutes - 1);
    expect((await opened(link))[0]).toBe(200);
    house.clock.advance(1);
    expect([await opened(link), await confirms(link)]).toEqual([refused, 404]);
    expect(await addressOf(person)).toBe(person.email);
  });

  it.each<[string, (ann: Awaited<ReturnType<typeof asked>>) => Promise<unknown>]>([
    [
      'another password',
      async ({ visitor }) => visitor.asks('POST', '/account/password', { newPassword: fresh }),
    ],
    [
      'a forgotten password replaced',
      async ({ person }) => house.visitor().asks('POST', await newLink(house, person), { password: fresh }),
    ],
    [
      'another stamp',
      ({ person: { id } }) => house.database.manager.update(AccountRow, { id }, { stamp: 'another' }),
    ],
    [
      'been suspended',
      ({ person: { id } }) => house.database.manager.update(AccountRow, { id }, { suspendedAt: 1 }),
    ],
  ])('is not confirmed when the account has %s since', async (_, happens) => {
    const ann = await asked();
    await happens(ann);
    expect([await opened(ann.link), await confirms(ann.link)]).toEqual([refused, 404]);
    expect(await addressOf(ann.person)).toBe(ann.person.email);
  });

  it('voids the links that replace the password', async () => {
    const { person, link } = await asked();
    const reset = await newLink(house, person);
    expect(await confirms(link)).toBe(200);
    expect((await house.visitor().asks('POST', reset, { password: fresh })).status).toBe(404);
  });

  it('goes to one of two accounts that confirm it at the same time on two nodes; the other gets an error and stays unchanged', async () => {
    const [ann, bob] = [await signedIn('Ann'), await signedIn('Bob')];
    const email = newAddress();
    const links = [
      await newEmailLink(house, ann.visitor, email),
      await newEmailLink(house, bob.visitor, email),
    ];
    const nodes = [house, other];
    const sent = await Promise.all(
      links.map((link, index) => (nodes[index] ?? house).visitor().asks('POST', link)),
    );
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(sent.find(({ status }) => status === 409)?.body['code']).toBe('CONFLICT');
    const loser = sent[0]?.status === 409 ? ann : bob;
    expect(await addressOf(loser.person)).toBe(loser.person.email);
    expect((await loser.visitor.goes('/')).address).toBe('/');
    expect(await subjectsTo(house, loser.person)).toHaveLength(1);
  });

  it('and another password at the same time are never both stored: the later one gets an error', async () => {
    const { person, visitor, email, link } = await asked();
    const [confirmed, changed] = await Promise.all([
      confirms(link),
      visitor.asks('POST', '/account/password', { newPassword: fresh }),
    ]);
    expect(['200 401', '404 200']).toContain(`${confirmed} ${changed.status}`);
    const is = confirmed === 200 ? [email, person.password] : [person.email, fresh];
    expect([await addressOf(person), await worksWith(is[0] ?? '', is[1] ?? '')]).toEqual([is[0], true]);
  });

  it('is not taken from an account that was created with it in between', async () => {
    const { person, visitor, email, link } = await asked();
    const made = { email, name: 'Eve', role: 'customer', password: fresh } as const;
    await house.app.get(Accounts).create(made);
    await visitor.goes(link);
    const page = await visitor.presses(link);
    expect([page.status, page.text.includes('now belongs to another account')]).toEqual([409, true]);
    expect([await addressOf(person), await worksWith(email, fresh)]).toEqual([person.email, true]);
  });

  it('is not confirmed in a browser with another signed-in account', async () => {
    const [{ person, link }, bob] = [await asked(), await signedIn('Bob')];
    const page = await bob.visitor.goes(link);
    const words = [page.text.includes(bob.person.email), page.text.includes(person.email)];
    expect([page.status, ...words]).toEqual([409, true, false]);
    expect(await confirms(link, bob.visitor)).toBe(409);
    expect(await addressOf(person)).toBe(person.email);
  });

  it('may be as long as an address can be, and no longer', async () => {
    const { visitor } = await signedIn();
    for (const [letters, status] of [
      [49, 200],
      [50, 400],
    ] as const) {
      const email = `${'x'.repeat(64)}@${'y'.repeat(63)}.${'y'.repeat(63)}.${'y'.repeat(letters)}.example.com`;
      const sent = await visitor.asks('POST', '/account/email', { email });
      expect([email.length, sent.status]).toEqual([letters + 205, status]);
    }
  });

  it('keeps its link out of the database, the events and the audit', async () => {
    const token = (await asked()).link.split('/').at(-1) ?? '';
    for (const { tableName } of house.database.entityMetadatas) {
      const rows = await house.database.query<unknown[]>(`SELECT * FROM ${tableName}`);
      expect([tableName, JSON.stringify(rows).includes(token)]).toEqual([tableName, false]);
    }
  });
});
