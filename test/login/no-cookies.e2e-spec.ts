import { owner } from '../support/people/owner.js';
import type { Page } from '../support/people/page.js';
import type { Visitor } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';

const blocked = 'Your browser did not send our cookie. Allow cookies for this site, then sign in again.';
const lost =
  'Your browser did not send back the cookie of your sign-in. Allow cookies for this site, then sign in again.';

describe('a browser without cookies', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  /** Sends the form on the page after the browser has lost its cookies. */
  function submitsBare(visitor: Visitor, fields: Readonly<Record<string, string>>): Promise<Page> {
    visitor.cookies.lose();
    return visitor.submits(fields);
  }

  /** Sends the password; the browser stores no session cookie, and goes where it is sent. */
  async function signsInWithoutSession(visitor: Visitor, returnTo: string, fields: Record<string, string>) {
    await visitor.goes(`/login?returnTo=${returnTo}`);
    const { values } = visitor.page.form(Object.keys(fields));
    for (const [name, value] of Object.entries(fields)) values.set(name, value);
    const answer = await visitor.sends('/login', { method: 'POST', body: values, headers: browser });
    visitor.cookies.lose('portal');
    return visitor.goes(answer.headers.get('location') ?? '');
  }

  it('is told so at the sign-in, and keeps the typed address and the way back', async () => {
    const { email, password } = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.goes('/login?returnTo=/invoices');
    for (let times = 0; times < 3; times += 1) {
      const page = await submitsBare(visitor, { email, password });
      expect([page.status, page.address, page.all('[role=alert]')]).toEqual([403, '/login', [blocked]]);
      expect(page.attribute('#email', 'value')).toBe(email);
      expect(page.attribute('#password', 'value')).toBeUndefined();
    }
    expect((await visitor.submits({ email, password })).address).toBe('/invoices');
  });

  it('is told so by other forms too', async () => {
    const visitor = site.visitor();
    await visitor.goes('/password/forgot');
    const page = await submitsBare(visitor, { email: 'ann@example.com' });
    expect([page.status, page.title]).toEqual([403, 'Your browser did not send our cookie']);
    expect(page.text).toContain('Allow cookies for this site');
  });

  it('that loses the session after the password is told so, and led in no circle', async () => {
    const { email, password } = await site.account('Ann');
    const visitor = site.visitor();
    for (let times = 0; times < 2; times += 1) {
      const page = await signsInWithoutSession(visitor, '/invoices', { email, password });
      expect([page.status, page.address]).toEqual([200, '/login?done=cookies&returnTo=%2Finvoices']);
      expect([page.all('[role=status]'), visitor.steps.length]).toEqual([[lost], 2]);
      expect(page.attribute('#email', 'value')).toBe(email);
    }
    expect((await visitor.submits({ email, password })).address).toBe('/invoices');
  });

  it('that loses the session before the security code is told so too', async () => {
    const { person, app } = await owner(site, 'Ann');
    const { email, password } = person;
    const visitor = site.visitor();
    const page = await signsInWithoutSession(visitor, '/tickets', { email, password });
    expect([page.address, page.all('[role=status]')]).toEqual([
      '/login?done=cookies&returnTo=%2Ftickets',
      [lost],
    ]);
    await visitor.submits({ email, password });
    expect((await visitor.submits({ code: app.code() })).address).toBe('/tickets');
  });

  it('is not suspected where nobody has just signed in, and a minute later', async () => {
    const { email, password } = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.goes('/login');
    expect((await visitor.goes('/invoices')).address).toBe('/login?returnTo=%2Finvoices');
    await visitor.submits({ email, password });
    await visitor.presses('/logout');
    expect((await visitor.goes('/invoices')).address).toBe('/login?returnTo=%2Finvoices');
    await visitor.submits({ email, password });
    site.clock.advance(61_000);
    visitor.cookies.lose('portal');
    expect((await visitor.goes('/tickets')).address).toBe('/login?returnTo=%2Ftickets');
  });

  it('gets the same refusal as before as a program', async () => {
    const { email, password } = await site.account('Ann');
    const program = site.visitor();
    expect((await program.asks('POST', '/login', { email, password })).status).toBe(200);
    program.cookies.lose();
    const { status, body } = await program.asks('GET', '/invoices');
    expect([status, body['code']]).toEqual([401, 'NOT_SIGNED_IN']);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };
    const posted = await program.asks('POST', '/login', 'email=a', form);
    expect([posted.status, posted.body['code']]).toEqual([403, 'CROSS_SITE']);
  });
});

const browser = {
  Accept: 'text/html',
  'Content-Type': 'application/x-www-form-urlencoded',
  'Sec-Fetch-Site': 'same-origin',
};
