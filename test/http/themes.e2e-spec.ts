import { readFileSync } from 'node:fs';
import { owner } from '../support/people/owner.js';
import { type Portal, portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const brand = (file: string) =>
  readFileSync(new URL(`../../templates/themes/harbour/${file}`, import.meta.url), 'utf8');

/** Without the line ends that quoted-printable puts in (RFC 2045 §6.7). */
function unfolded(source: string): string {
  return source.replace(/=\r?\n/g, '');
}

describe('a brand', () => {
  let house: Portal;
  let visitor: Visitor;
  beforeAll(async () => {
    house = await portal({ env: { THEME: 'harbour', PORTAL_NAME: 'Harbour Hosting' } });
  });
  beforeEach(async () => {
    visitor = house.visitor();
    await visitor.goes('/login');
  });
  afterAll(() => house.close());

  const content = async (selector: string, attribute: string) =>
    (await visitor.sends(visitor.page.attribute(selector, attribute) ?? '/', {})).text();

  it('has its own logo, also in the browser’s tab', async () => {
    expect(await content('.brand-mark', 'src')).toBe(brand('logo.svg'));
    expect(await content('link[rel=icon]', 'href')).toBe(brand('icon.svg'));
  });

  it('has its own colours, light and dark, in the one stylesheet, behind the portal’s', async () => {
    expect(visitor.page.all('link[rel=stylesheet]')).toHaveLength(1);
    const css = await content('link[rel=stylesheet]', 'href');
    expect(css.endsWith(brand('theme.css'))).toBe(true);
    const accents = [...css.matchAll(/--accent: (#\w+)/g)].map(([, colour]) => colour);
    expect(accents).toEqual(['#1a5fd0', '#2f6fe0', '#0b6e6e', '#12807f']);
  });

  it('has its own sign-in page and its own words, which sign in like the portal’s', async () => {
    const ann = await house.account('Ann');
    expect(visitor.page.all('.harbour-greeting .lead-in')).toEqual([
      'Welcome aboard. Sign in to Harbour Hosting to look after your services and invoices.',
    ]);
    const german = await visitor.sends('/login', { headers: { 'Accept-Language': 'de' } });
    expect(await german.text()).toContain('Willkommen an Bord.');
    const refused = await visitor.submits({ email: ann.email, password: 'wrong password' });
    expect([refused.status, refused.all('.harbour-greeting')]).toEqual([401, [expect.any(String)]]);
    expect((await visitor.submits({ email: ann.email, password: ann.password })).address).toBe('/');
  });

  it('has its own mail where it brings one, and the module’s in all others', async () => {
    const { person, codes } = await owner(house, 'Bea');
    await visitor.signsIn(person);
    await visitor.goes(visitor.page.link('Use a backup code'));
    await visitor.submits({ code: codes[0]! });
    await house.settled();
    const mails = (await house.inbox.of(person.email)).map((mail) => ({
      ...mail,
      text: unfolded(mail.source),
    }));
    const branded = mails.filter(({ text }) => text.includes('background:#0b6e6e'));
    expect(branded.map(({ subject }) => subject)).toEqual(['Your account has a second lock']);
    expect(branded[0]?.text).toContain('* Your account has a second lock *');
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'A backup code was used',
      'Your account has a second lock',
    ]);
  });
});
