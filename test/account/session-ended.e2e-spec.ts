import { KeptFormRow } from '../../src/form-posts/kept-forms/kept-form.entity.js';
import { Tickets } from '../../src/support/tickets.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import { confirms, owner } from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import type { Visitor } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';

const idle = 31 * 60_000;
const ended = 'Your session has ended.';
const note = 'Your session had ended, so this form was not sent.';

forEachDatabase('a session that ends while somebody writes on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  async function signedIn(name = 'Ann'): Promise<{ person: Person; visitor: Visitor }> {
    const [person, visitor] = [await site.account(name), site.visitor()];
    await visitor.signsIn(person);
    return { person, visitor };
  }

  const signsInAgain = (visitor: Visitor, { email, password }: Person): Promise<Page> =>
    visitor.submits({ email, password });
  const rows = ({ id }: Person) =>
    site.database.manager.find(KeptFormRow, { where: { accountId: id }, order: { place: 'ASC' } });
  const kept = async (who: Person) => (await rows(who)).length;

  /** Posts a ticket after the session has ended by time. */
  async function postsLate(fields = { subject: 'Site down', body: 'Since <noon>, "all" of it.' }) {
    const { person, visitor } = await signedIn();
    await visitor.goes('/tickets');
    site.clock.advance(idle);
    await visitor.submits(fields);
    return { person, visitor };
  }

  it('keeps nothing for a cookie with an odd signature, and breaks nothing', async () => {
    const visitor = site.visitor();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
    const cookie = `portal=s%3Aabc.${'%C3%A9'.repeat(43)}`;
    const sent = { method: 'POST', body: 'subject=x', headers: { ...headers, Cookie: cookie } };
    expect((await visitor.sends('/tickets', sent)).status).toBeLessThan(500);
  });

  it('loses no word of a ticket', async () => {
    const body = `Line one\n\n${'"quoted" & <tagged> ünïcode '.repeat(1_000)}`;
    const { person, visitor } = await postsLate({ subject: 'A long & "odd" one', body });
    expect(visitor.page.address).toBe('/login?done=expired&returnTo=%2Ftickets');
    expect(visitor.page.text).toContain(ended);
    const page = await signsInAgain(visitor, person);
    expect([page.address, page.all('form [role=status]')[0]]).toEqual([
      '/tickets',
      expect.stringContaining(note),
    ]);
    expect(page.attribute('#subject', 'value')).toBe('A long & "odd" one');
    expect(written(page)).toBe(body);
    await visitor.submits({ subject: 'A long & "odd" one', body });
    expect(visitor.page.address).toMatch(/^\/tickets\/[\w-]+$/);
    expect([await kept(person), (await visitor.goes('/tickets')).text]).toEqual([
      0,
      expect.not.stringContaining(note),
    ]);
  });

  it('loses no ticket of 64 kB', async () => {
    const body = 'x'.repeat(64_000);
    const { person, visitor } = await postsLate({ subject: 'Log file', body });
    expect(written(await signsInAgain(visitor, person))).toBe(body);
  });

  it('shows it again on every reload, until it is sent', async () => {
    const { person, visitor } = await postsLate();
    await signsInAgain(visitor, person);
    for (const path of ['/tickets', '/invoices', '/tickets'])
      expect((await visitor.goes(path)).text.includes(note)).toBe(path === '/tickets');
    site.clock.advance(16 * 60_000);
    expect((await visitor.goes('/tickets')).text).not.toContain(note);
  });

  it('keeps a reply, a profile and a rename, each for its own form', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor, person, app } = ann;
    await visitor.goes('/account/security');
    const action = visitor.page.attribute('form[action$="/rename"]', 'action') ?? '';
    site.clock.advance(idle);
    await visitor.submits({ label: 'My "new" phone' }, action);
    expect(visitor.page.text).toContain(ended);
    await signsInAgain(visitor, person);
    expect(visitor.page.title).toContain('code');
    const page = await visitor.submits({ code: app.code() });
    expect([page.address, page.text]).toEqual(['/account/security', expect.stringContaining(note)]);
    expect(page.attribute(`form[action="${action}"] [name=label]`, 'value')).toBe('My "new" phone');

    await visitor.goes('/account/profile');
    site.clock.advance(idle);
    await visitor.submits({ name: 'Anna', locale: 'de' });
    await signsInAgain(visitor, person);
    const profile = await visitor.submits({ code: app.code() });
    expect(profile.attribute('#name', 'value')).toBe('Anna');
    expect(profile.attribute('option[selected]', 'value')).toBe('de');
  });

  it('keeps the answer of an agent', async () => {
    const sam = await owner(site, 'Sam', { person: await site.account('Sam', 'support') });
    const ann = { ...(await site.account('Ann')), role: 'customer' } as const;
    const id = await site.app.get(Tickets).open(null, ann, { subject: 'Help', body: 'It is down.' });
    const ticket = `/staff/tickets/${id}`;
    await sam.visitor.goes(`/account/confirm?returnTo=${ticket}`);
    await confirms(sam, sam.visitor);
    site.clock.advance(idle);
    await sam.visitor.submits({ body: 'We look at it.' }, ticket);
    await signsInAgain(sam.visitor, sam.person);
    await sam.visitor.submits({ code: sam.app.code() });
    expect(sam.visitor.page.address).toBe(ticket);
    if (!sam.visitor.page.text.includes(note)) {
      site.clock.advance(30_000);
      await sam.visitor.goes(`/account/confirm?returnTo=${ticket}`);
      await confirms(sam, sam.visitor);
    }
    expect(written(sam.visitor.page)).toBe('We look at it.');
  });

  it('also when it was ended from another browser, or signed out in another tab', async () => {
    for (const way of ['elsewhere', 'other tab']) {
      const { person, visitor } = await signedIn();
      await visitor.goes('/tickets');
      if (way === 'elsewhere') await ends(person);
      else await visitor.twin().presses('/logout');
      await visitor.submits({ subject: way, body: 'Typed' });
      expect([way, (await signsInAgain(visitor, person)).attribute('#subject', 'value')]).toEqual([way, way]);
    }
  });

  it('shows another account nothing of it', async () => {
    const { person, visitor } = await postsLate();
    const page = await signsInAgain(visitor, await site.account('Bob'));
    expect([page.address, page.text]).toEqual(['/tickets', expect.not.stringContaining(note)]);
    expect([page.attribute('#subject', 'value'), await kept(person)]).toEqual(['', 1]);
  });

  it('keeps no password and no code', async () => {
    const { person, visitor } = await signedIn();
    await visitor.goes('/account/confirm?returnTo=/account/password');
    await visitor.submits({ password: person.password });
    site.clock.advance(idle);
    await visitor.submits({ newPassword: 'a secret that is not kept' });
    await signsInAgain(visitor, person);
    await visitor.submits({ password: person.password });
    expect([visitor.page.address, visitor.page.text]).toEqual([
      '/account/password',
      expect.stringContaining(note),
    ]);
    expect(visitor.page.html).not.toContain('a secret that is not kept');
  });

  it('stores only what is sealed, for a cookie of a session that existed and with the token of its form', async () => {
    const { person, visitor } = await signedIn();
    const token = (await visitor.goes('/tickets')).attribute('[name=_csrf]', 'value') ?? '';
    site.clock.advance(idle);
    const posts = async (who: Visitor, _csrf: string, from: string) => {
      const body = new URLSearchParams({ subject: 'Plain words', body: 'Plain words', _csrf });
      await who.sends('/tickets', { method: 'POST', body, headers: { ...html, 'Sec-Fetch-Site': from } });
      return kept(person);
    };
    expect(await posts(visitor, 'A'.repeat(43), 'same-origin')).toBe(0);
    expect(await posts(visitor, token, 'cross-site')).toBe(0);
    expect(await posts(site.visitor(), token, 'same-origin')).toBe(0);
    expect(await posts(visitor, token, 'same-origin')).toBe(1);
    expect(JSON.stringify(await rows(person))).not.toContain('Plain');
  });

  it('keeps a few forms of an account, and the newest always', async () => {
    const { person, visitor } = await signedIn();
    await visitor.goes('/tickets');
    const form = visitor.page;
    site.clock.advance(idle);
    const twins = Array.from({ length: 8 }, () => visitor.twin());
    await Promise.all(twins.map((twin, i) => twin.submits({ subject: `No ${i}`, body: 'Typed' })));
    expect(form.address).toBe('/tickets');
    expect(await kept(person)).toBeLessThanOrEqual(5);
    await visitor.submits({ subject: 'The last', body: 'Typed' });
    expect((await signsInAgain(visitor, person)).attribute('#subject', 'value')).toBe('The last');
  });

  it('answers programs as before, and keeps nothing', async () => {
    const { person, visitor } = await signedIn();
    site.clock.advance(idle);
    const { status, body } = await visitor.asks('POST', '/tickets', { subject: 'x', body: 'y' });
    expect([status, body['code'], await kept(person)]).toEqual([401, 'NOT_SIGNED_IN', 0]);
  });

  /** Ends all other sessions from a new browser. */
  async function ends(person: Person): Promise<void> {
    const other = site.visitor();
    await other.signsIn(person);
    await other.goes('/account/sessions');
    await other.presses('/account/sessions/all/end');
  }
});

const html = { Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' };

/** The text in the field for a message, as a browser reads it. */
function written(page: Page): string {
  const [, text = ''] = /<textarea[^>]*name="body"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page.html) ?? [];
  const letters: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#x27': "'",
    '#x3D': '=',
    '#x60': '`',
  };
  return text.replace(/&([\w#]+);/g, (whole, name: string) => letters[name] ?? whole).replace(/\r\n/g, '\n');
}
