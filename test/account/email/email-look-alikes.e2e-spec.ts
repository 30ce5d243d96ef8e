import { Accounts } from '../../../src/accounts/accounts.service.js';
import type { Person } from '../../support/people/accounts.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { newEmailLink, subjectsTo, wantsAddress } from '../../support/people/email-link.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { resetLinks } from '../../support/people/reset-link.js';
import type { Visitor } from '../../support/people/visitor.js';

type Alike = readonly [string, (email: string) => string];

/** Addresses that look like another one. */
const others: readonly Alike[] = [
  ['an accent', (email) => email.replace('ann', 'änn')],
  ['an accent of its own', (email) => email.replace('ann', 'an\u0303n')],
  ['a sharp s', (email) => email.replace('ann', 'annß')],
  ['a letter of another alphabet', (email) => email.replace('ann', '\u0430nn')],
  ['a domain of another alphabet', (email) => email.replace('example', 'ex\u0430mple')],
  ['a dot', (email) => email.replace('ann', 'a.nn')],
  ['a plus', (email) => email.replace('@', '+x@')],
];

/** Are spellings of the very same address. */
const spellings: readonly Alike[] = [
  ['case', (email) => email.toUpperCase()],
  ['wide letters', (email) => email.replace('ann', 'ａｎｎ').replace('@', '＠')],
  ['letters in a circle', (email) => email.replace('ann', 'ⓐⓝⓝ')],
  ['blanks around it', (email) => ` ${email} `],
];

forEachDatabase('an address that looks like somebody’s on', (database) => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ database, modules: [] });
  });
  afterAll(() => house.close());

  async function signedIn(name: string): Promise<{ person: Person; visitor: Visitor }> {
    const [person, visitor] = [await house.account(name), house.visitor()];
    await visitor.signsIn(person);
    return { person, visitor };
  }
  const addressOf = async ({ id }: Person) => (await house.app.get(Accounts).byId(id))?.email;

  it.each(others)('is another one when it differs by %s: both can be had', async (_, alike) => {
    const [ann, bob] = [await signedIn('Ann'), await signedIn('Bob')];
    const email = alike(ann.person.email).normalize('NFKC');
    const link = await newEmailLink(house, bob.visitor, email);
    expect((await house.visitor().asks('POST', link)).status).toBe(200);
    expect([await addressOf(bob.person), await addressOf(ann.person)]).toEqual([email, ann.person.email]);
    expect(await subjectsTo(house, ann.person)).toEqual([]);
  });

  it.each(spellings)(
    'stays theirs when another one differs by %s alone: no other account can get it',
    async (_, alike) => {
      const [ann, bob] = [await signedIn('Ann'), await signedIn('Bob')];
      const { status } = await bob.visitor.asks('POST', '/account/email', { email: alike(ann.person.email) });
      expect(status).toBe(200);
      expect(await subjectsTo(house, ann.person)).toEqual([
        'Your e-mail address was requested for another account',
      ]);
      const page = await wantsAddress(ann.visitor, alike(ann.person.email));
      expect([page.status, page.all('.error-summary li')]).toEqual([400, ['This is already your address.']]);
    },
  );

  it.each(others)('has no link to replace their password when it differs by %s', async (_, alike) => {
    const ann = await house.account('Ann');
    const email = alike(ann.email);
    expect((await house.visitor().asks('POST', '/password/forgot', { email })).status).toBe(200);
    expect([await resetLinks(house, ann), await subjectsTo(house, { email })]).toEqual([[], []]);
  });

  it.each(spellings)(
    'has the link to replace their password when it differs by %s alone, sent to the address they gave',
    async (_, alike) => {
      const ann = await house.account('Ann');
      await house.visitor().asks('POST', '/password/forgot', { email: alike(ann.email) });
      expect(await resetLinks(house, ann)).toHaveLength(1);
      expect((await house.inbox.of(ann.email)).map(({ to }) => to)).toEqual([`Ann <${ann.email}>`]);
    },
  );
});
