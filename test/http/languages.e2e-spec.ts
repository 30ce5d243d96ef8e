import { TwoFactor } from 'nestjs-two-factor';
import type { Person } from '../support/people/accounts.js';
import { owner } from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import { type Portal, portal } from '../support/portal/portal.js';

const german = { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5', Accept: 'text/html' };

describe('the reader’s language', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  /** Sets the language in the profile, in another session; with two-factor it needs a code. */
  async function chooses(person: Person, locale: string, code?: string): Promise<Page> {
    const elsewhere = house.visitor();
    await elsewhere.signsIn(person);
    if (code !== undefined) await elsewhere.submits({ code });
    await elsewhere.goes('/account/profile');
    return elsewhere.submits({ locale });
  }
  const language = (page: Page) => [page.attribute('html', 'lang'), page.attribute('html', 'dir')];

  it('is the browser’s where none was chosen, and the answer says so to caches', async () => {
    const answer = await house.visitor().sends('/login', { headers: german });
    const html = await answer.text();
    expect(html).toContain('<html lang="de" dir="ltr">');
    expect(html).toMatch(/<h1>Anmelden<\/h1>/);
    expect(answer.headers.get('vary')).toMatch(/\bAccept-Language\b/);
  });

  it('is never one that there are no texts in', async () => {
    for (const asked of ['fr', '*', 'x'.repeat(200), ';q=,', '../../de']) {
      const answer = await house.visitor().sends('/login', { headers: { 'Accept-Language': asked } });
      expect(await answer.text()).toContain('<html lang="en"');
    }
  });

  it('is the one chosen in the profile, whatever the browser says, from the next page on', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    expect(language(await visitor.signsIn(ann))).toEqual(['en', 'ltr']);
    await chooses(ann, 'de');
    expect((await visitor.goes('/')).title).toBe('Willkommen, Ann');
    expect(language(visitor.page)).toEqual(['de', 'ltr']);
    await chooses(ann, '');
    expect((await visitor.goes('/')).title).toBe('Welcome, Ann');
  });

  it('stays when only the name is sent, and is refused where there are no texts in it', async () => {
    const eva = await house.account('Eva');
    const page = await chooses(eva, 'de');
    expect(page.all('[role=status]')).toEqual(['Ihr Profil wurde gespeichert.']);
    expect(page.attribute('option[selected]', 'value')).toBe('de');
    const program = house.visitor();
    await program.asks('POST', '/login', { email: eva.email, password: eva.password });
    await program.asks('POST', '/account/profile', { name: 'Eva Maria' });
    expect((await program.asks('GET', '/account/profile')).body).toMatchObject({
      name: 'Eva Maria',
      locale: 'de',
    });
    for (const locale of ['fr', 'de-AT', '../de', ['de'], 5]) {
      const refused = await program.asks('POST', '/account/profile', { name: 'Eva', locale });
      expect([refused.status, refused.body['fields']]).toEqual([400, { locale: 'profile.language-unknown' }]);
    }
  });

  it('is kept on the module’s pages, in refusals and in problems', async () => {
    const { person, app } = await owner(house, 'Bea');
    await chooses(person, 'de', app.code());
    const visitor = house.visitor();
    expect((await visitor.signsIn(person)).title).toBe('Geben Sie Ihren Sicherheitscode ein');
    expect((await visitor.submits({ code: '12' })).text).toContain('Ein Sicherheitscode hat sechs Ziffern.');
    const lost = await (await visitor.sends('/nowhere', { headers: german })).text();
    expect(lost).toContain('Seite nicht gefunden');
  });

  it('is the one of the person written to, in mails of the portal and of the module', async () => {
    const [cem, ida] = [await house.account('Cem'), await owner(house, 'Ida')];
    await chooses(cem, 'de');
    await chooses(ida.person, 'de', ida.app.code());
    const visitor = house.visitor();
    await visitor.signsIn(cem);
    await visitor.goes('/account/password');
    await visitor.submits({ password: cem.password });
    await visitor.submits({ newPassword: 'ein viel besseres Passwort' });
    await house.app.get(TwoFactor).reset(ida.person.id, 'lost', { type: 'cli', id: 'root' });
    await house.settled();
    const ofThePortal = (await house.inbox.of(cem.email)).map(({ source }) => source);
    expect(ofThePortal).toEqual([expect.stringMatching(/Guten Tag Cem[^]*<html lang=3D"de" dir=3D"ltr">/)]);
    const ofTheModule = (await house.inbox.of(ida.person.email)).map(({ source }) => source);
    expect(ofTheModule.filter((source) => source.includes('Hello Ida'))).toHaveLength(1);
    expect(ofTheModule.filter((source) => source.includes('Guten Tag Ida'))).toHaveLength(2);
  });

  it('writes days and amounts its own way', async () => {
    const person = await house.account('Dora');
    await chooses(person, 'de');
    const visitor = house.visitor();
    await visitor.signsIn(person);
    await visitor.goes('/account/sessions');
    expect(visitor.page.all('time')[0]).toMatch(/^\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2} UTC$/);
  });
});
