import { Accounts } from '../../src/accounts/accounts.service.js';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { ResetLinkRow } from '../../src/auth/password-reset/reset-link.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { forgets, newLink, resetLinks } from '../support/people/reset-link.js';

const fresh = 'a brand new password';
const minutes = 60_000;

forEachDatabase('a forgotten password on', (database) => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
  });
  afterAll(() => house.close());

  /** The address and the text of the page after a new visitor opened this link. */
  async function opened(link: string): Promise<[number, string]> {
    const page = await house.visitor().goes(link);
    return [page.status, page.title];
  }
  const refused = [404, 'This link does not work'];
  const works = async (email: string, password: string) =>
    (await house.visitor().signsIn({ email, password })).address === '/';

  it('is replaced by the link in a mail, which does not sign in', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.goes('/login');
    await visitor.goes(visitor.page.link('Forgotten password?'));
    await visitor.submits({ email: ` ${ann.email.toUpperCase()}` });
    expect(visitor.page.text).toContain('a link to set a new password is on its way');
    const [link = ''] = await resetLinks(house, ann);
    expect((await visitor.goes(link)).headers.get('cache-control')).toBe('no-store');
    await visitor.submits({ password: fresh });
    expect([visitor.page.address, visitor.page.all('[role=status]')]).toEqual([
      '/login?done=reset',
      ['Your password has been changed. Sign in with the new one.'],
    ]);
    expect((await visitor.goes('/')).address).toBe('/login');
    expect([await works(ann.email, ann.password), await works(ann.email, fresh)]).toEqual([false, true]);
  });

  it('ends every session of the account when it is replaced, and tells the owner by mail', async () => {
    const ann = await house.account('Ann');
    const [here, there] = [house.visitor(), house.visitor()];
    for (const visitor of [here, there]) await visitor.signsIn(ann);
    await here.goes(await newLink(house, ann));
    await here.submits({ password: fresh });
    for (const visitor of [here, there]) expect((await visitor.goes('/')).address).toBe('/login');
    await house.settled();
    const subjects = (await house.inbox.of(ann.email)).map(({ subject }) => subject);
    expect(subjects.sort()).toEqual(['Set a new password', 'Your password was changed']);
  });

  it('is replaced once, also when two follow the link at the same instant', async () => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    const words = ['the first password', 'the second password', 'the third password'];
    const sent = await Promise.all(words.map((password) => house.visitor().asks('POST', link, { password })));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const right = await Promise.all(words.map((password) => works(ann.email, password)));
    expect(right).toEqual(sent.map(({ status }) => status === 200));
    expect(await opened(link)).toEqual(refused);
  });

  it('is not replaced by looking at the page, as mail scanners do', async () => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    for (let times = 0; times < 3; times++) expect((await opened(link))[0]).toBe(200);
    expect((await house.visitor().asks('POST', link, { password: fresh })).status).toBe(200);
  });

  it('is replaced by the newest link alone', async () => {
    const ann = await house.account('Ann');
    const older = await newLink(house, ann);
    house.clock.advance(minutes);
    const newer = await newLink(house, ann);
    expect([await opened(older), (await opened(newer))[0]]).toEqual([refused, 200]);
    expect((await house.visitor().asks('POST', older, { password: fresh })).status).toBe(404);
  });

  it('is replaced by the newest of links asked for at once: one of them, no more', async () => {
    const ann = await house.account('Ann');
    await Promise.all(
      [1, 2, 3].map(() => house.visitor().asks('POST', '/password/forgot', { email: ann.email })),
    );
    const links = await resetLinks(house, ann);
    const answers = await Promise.all(links.map(opened));
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
  });

  it('is not replaced after 30 minutes', async () => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    house.clock.advance(30 * minutes - 1);
    expect((await opened(link))[0]).toBe(200);
    house.clock.advance(1);
    expect(await opened(link)).toEqual(refused);
    expect((await house.visitor().asks('POST', link, { password: fresh })).status).toBe(404);
  });

  it.each<[string, string, (link: string, email: string) => unknown]>([
    ['used', 'already been used', (link) => house.visitor().asks('POST', link, { password: fresh })],
    ['old', 'older than 30 minutes', () => house.clock.advance(30 * minutes)],
    ['unknown', 'replaced', (_link, email) => newLink(house, { email })],
  ])(
    'says of a link that is %s why it does not work, and offers a new one',
    async (reason, words, happens) => {
      const ann = await house.account('Ann');
      const link = await newLink(house, ann);
      await happens(link, ann.email);
      for (const body of [undefined, { password: fresh }]) {
        const answer = await house.visitor().asks(body ? 'POST' : 'GET', link, body);
        expect([answer.status, answer.body['reason']]).toEqual([404, reason]);
      }
      const visitor = house.visitor();
      await visitor.goes(link);
      expect([visitor.page.title, visitor.page.text.includes(words)]).toEqual([refused[1], true]);
      await visitor.goes(visitor.page.link('Send me a new link'));
      expect(visitor.page.title).toBe('Forgotten password');
    },
  );

  it.each<[string, Partial<AccountRow>]>([
    ['changed its stamp', { stamp: 'another' }],
    ['been suspended', { suspendedAt: 1 }],
  ])('is not replaced when the account has %s since', async (_, change) => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    await house.database.manager.update(AccountRow, { id: ann.id }, change);
    expect(await opened(link)).toEqual(refused);
    expect((await house.visitor().asks('POST', link, { password: fresh })).status).toBe(404);
  });

  it('is not replaced in a browser with another signed-in account', async () => {
    const [ann, bob] = [await house.account('Ann'), await house.account('Bob')];
    const visitor = house.visitor();
    await visitor.signsIn(bob);
    const link = await newLink(house, ann);
    const page = await visitor.goes(link);
    expect([page.status, page.text.includes(bob.email), page.text.includes(ann.email)]).toEqual([
      409,
      true,
      false,
    ]);
    expect((await visitor.asks('POST', link, { password: fresh })).status).toBe(409);
    expect(await works(ann.email, ann.password)).toBe(true);
    expect(page.link('Send me a new link')).toBe('/password/forgot');
  });

  it('keeps its link out of the database, the events and the audit', async () => {
    const ann = await house.account('Ann');
    const token = (await newLink(house, ann)).split('/').at(-1) ?? '';
    for (const { tableName } of house.database.entityMetadatas) {
      const rows = await house.database.query<unknown[]>(`SELECT * FROM ${tableName}`);
      expect([tableName, JSON.stringify(rows).includes(token)]).toEqual([tableName, false]);
    }
    expect(await house.database.manager.countBy(ResetLinkRow, { accountId: ann.id })).toBe(1);
  });

  it.each([[['one password', 'two passwords']], ['short'], ['x'.repeat(129)], [12_345_678], [undefined]])(
    'does not become %j, and the link stays good',
    async (password) => {
      const ann = await house.account('Ann');
      const link = await newLink(house, ann);
      const { status, body } = await house.visitor().asks('POST', link, { password });
      expect([status, body['fields']]).toEqual([400, { password: 'password.length' }]);
      expect((await opened(link))[0]).toBe(200);
      expect(await house.app.get(Accounts).checkPassword(ann.id, ann.password)).toBe(true);
    },
  );

  it('is not replaced by a field that was sent twice', async () => {
    const link = await newLink(house, await house.account('Ann'));
    const visitor = house.visitor();
    await visitor.goes(link);
    const { values } = visitor.page.form(['password']);
    values.set('password', fresh);
    values.append('password', 'another password');
    const headers = { Origin: house.url, 'Sec-Fetch-Site': 'same-origin' };
    const answer = await visitor.sends(link, { method: 'POST', headers, body: values });
    expect([answer.status, (await opened(link))[0]]).toEqual([400, 200]);
  });

  it('has no link that could be guessed, whatever stands in its place', async () => {
    for (const token of ['x', '%00', '..', 'A'.repeat(43), 'A'.repeat(3000)])
      expect([token, (await opened(`/password/reset/${token}`))[0]]).toEqual([token, 404]);
    await forgets(house.visitor(), 'nobody@example.com');
    await house.settled();
    expect(await house.inbox.of('nobody@example.com')).toEqual([]);
  });
});
