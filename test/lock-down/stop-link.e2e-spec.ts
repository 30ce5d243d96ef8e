import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { Accounts } from '../../src/accounts/accounts.service.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { newAddress, newEmailLink, subjectsTo } from '../support/people/email-link.js';
import { confirms, owner, pending } from '../support/people/owner.js';
import { newLink, resetLinks } from '../support/people/reset-link.js';
import { stopLink } from '../support/people/stop-link.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';
import type { Person } from '../support/people/accounts.js';

const turnedOn = 'Two-factor authentication is on';
const password = 'quite another password';

forEachDatabase('“This wasn’t me”, on', (database) => {
  let house: Portal;
  let other: Portal;
  beforeAll(async () => {
    house = await portal({ database });
    other = await portal({ database, besides: house });
  });
  afterAll(async () => {
    await other.close();
    await house.close();
  });

  /** Presses the button as a person with a browser who is not signed in. */
  async function stops(link: string, visitor: Visitor = house.visitor()): Promise<Visitor> {
    await visitor.goes(link);
    await visitor.presses(link);
    await house.settled();
    return visitor;
  }

  const setsPassword = async (person: Pick<Person, 'email'>): Promise<Visitor> => {
    const [visitor, [link = '']] = [house.visitor(), await resetLinks(house, person)];
    await visitor.goes(link);
    await visitor.submits({ password });
    await house.settled();
    return visitor;
  };

  const signedIn = async (person: Pick<Person, 'email' | 'password'>) => {
    const visitor = house.visitor();
    await visitor.signsIn(person);
    return visitor;
  };
  const isIn = async (visitor: Visitor) => (await visitor.asks('GET', '/account/security')).status === 200;
  const emailOf = async ({ id }: Person) => (await house.app.get(Accounts).byId(id))?.email;

  it('takes from a thief with the password the app that the thief set up on a bare account', async () => {
    const person = await house.account('Ann');
    const here = await signedIn(person);
    const thief = await owner(house, 'Ann', { person });
    expect(await isIn(thief.visitor)).toBe(true);
    const link = await stopLink(house, person, turnedOn);
    const visitor = await stops(link);
    expect([visitor.page.status, visitor.page.title]).toEqual([200, 'Your account is locked down']);
    for (const each of [here, thief.visitor]) expect(await isIn(each)).toBe(false);
    // The thief still knows the password, and can change nothing with it.
    const again = await signedIn(person);
    const frozen = { status: 403, body: { code: 'COOLING_DOWN', until: null } };
    const wants = async (path: string, body: object) => {
      await again.asks('POST', '/account/confirm', { password: person.password });
      return again.asks('POST', path, body);
    };
    expect(await wants('/account/security/two-factor/totp/setup', {})).toMatchObject(frozen);
    expect(await wants('/account/email', { email: newAddress('thief') })).toMatchObject(frozen);
    expect(await wants('/account/password', { newPassword: password })).toMatchObject(frozen);
    const after = await setsPassword(person);
    expect(after.page.address).toBe('/login?done=reset');
    expect(await isIn(again)).toBe(false);
    expect((await house.visitor().signsIn(person)).address).toBe('/login');
    const mine = await owner(house, 'Ann', { person: { ...person, password } });
    expect(await isIn(mine.visitor)).toBe(true);
  });

  it('works in the browser whose own sign-in waits for a code of the thief’s app', async () => {
    const person = await house.account('Ann');
    const thief = await owner(house, 'Ann', { person });
    const here = await pending(house, person);
    expect(here.page.address).toBe('/login/challenge');
    await stops(await stopLink(house, person, turnedOn), here);
    expect([here.page.status, here.page.title]).toEqual([200, 'Your account is locked down']);
    expect(await isIn(thief.visitor)).toBe(false);
  });

  it('signs nobody in, and shows nothing of the account but its masked address', async () => {
    const ann = await owner(house, 'Ann');
    const visitor = house.visitor();
    await visitor.goes(await stopLink(house, ann.person, turnedOn));
    expect(visitor.page.headers.get('cache-control')).toBe('no-store');
    expect(visitor.page.text).toContain('a…@example.com');
    expect(visitor.page.text).not.toContain(ann.person.email);
    expect(visitor.page.text).toContain('My phone');
    await visitor.presses(visitor.page.address);
    expect(visitor.page.text).not.toContain(ann.person.email);
    expect((await visitor.goes('/')).address).toBe('/login');
  });

  it('is not pressed by looking at the page, as mail scanners do', async () => {
    const ann = await owner(house, 'Ann');
    const link = await stopLink(house, ann.person, turnedOn);
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) await house.visitor().sends(link, { method });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
    const scanner = await house.visitor().sends(link, { method: 'POST', headers: form, body: '' });
    expect(scanner.status).toBe(403);
    expect(await isIn(ann.visitor)).toBe(true);
    expect((await house.visitor().asks('GET', link)).body).toMatchObject({
      event: 'two-factor.enabled',
      account: 'a…@example.com',
      takesBack: true,
    });
  });

  it('works once, whichever node is asked, and says what to do afterwards', async () => {
    const ann = await owner(house, 'Ann');
    const link = await stopLink(house, ann.person, turnedOn);
    const asked = Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? house : other).visitor().asks('POST', link, {}),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(11).fill(410)]);
    const done = answers.find(({ status }) => status === 200);
    expect(done?.body).toEqual({ status: 'locked-down', undone: true, mailed: true });
    await other.settled();
    expect(await resetLinks(house, ann.person)).toHaveLength(1);
    const entries = { accountId: ann.person.id, name: 'account.locked-down' };
    expect(await house.database.manager.countBy(AuditEntryRow, entries)).toBe(1);
    const visitor = house.visitor();
    await visitor.goes(link);
    expect([visitor.page.status, visitor.page.title]).toEqual([410, 'This link does not work any more']);
    expect(visitor.page.text).toContain('was used already');
  });

  it('answers an old link as one that never was', async () => {
    const ann = await owner(house, 'Ann');
    const link = await stopLink(house, ann.person, turnedOn);
    const never = `${link.slice(0, -4)}xxxx`;
    house.clock.advance(72 * 3_600_000);
    const answers: unknown[] = [];
    for (const each of [link, never, '/security/stop/x'])
      for (const method of ['GET', 'POST']) {
        const { status, body } = await house.visitor().asks(method, each, method === 'POST' ? {} : undefined);
        answers.push([status, body['code'], body['reason'], body['detail']]);
      }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]).toEqual([410, 'GONE', 'unknown', expect.stringContaining('72 hours')]);
  });

  it('never turns off what was on before, and ends a login that waits for its code', async () => {
    const ann = await owner(house, 'Ann');
    const waiting = await pending(house, ann.person);
    const link = await stopLink(house, ann.person, 'New sign-in to your account').catch(() => null);
    expect(link).toBeNull();
    await ann.visitor.goes('/account/security');
    await ann.visitor.asks('POST', '/account/confirm', {
      password: ann.person.password,
      kind: 'totp',
      code: ann.app.code(),
    });
    await ann.visitor.asks('POST', '/account/security/two-factor/backup-codes');
    const codes = await stopLink(house, ann.person, 'New backup codes were made');
    await stops(codes);
    await waiting.submits({ code: ann.codes[0] ?? '' });
    expect(waiting.page.address).toBe('/login');
    const again = await pending(house, ann.person);
    expect(again.page.address).toBe('/login/challenge');
    // The codes from before the event work again.
    await again.submits({ code: ann.codes[0] ?? '' });
    expect(await isIn(again)).toBe(true);
  });

  it('gives the account its former address back, and mails the link for a new password there', async () => {
    const person = await house.account('Ann');
    const thief = await signedIn(person);
    const email = newAddress('thief');
    await thief.asks('POST', '/account/confirm', { password: person.password });
    await thief.goes('/account/email');
    const confirm = await newEmailLink(house, thief, email);
    await thief.goes(confirm);
    await thief.presses(confirm);
    expect(await emailOf(person)).toBe(email);
    const link = await stopLink(house, person, 'Your e-mail address was changed');
    const visitor = await stops(link);
    expect(await emailOf(person)).toBe(person.email);
    expect(visitor.page.text).toContain('a…@example.com');
    expect(await isIn(thief)).toBe(false);
    expect(await subjectsTo(house, { email })).not.toContain('Set a new password');
    await setsPassword(person);
    expect((await signedIn({ email: person.email, password })).page.address).toBe('/');
  });

  it('voids a new address that waits for its confirmation', async () => {
    const person = await house.account('Ann');
    const thief = await signedIn(person);
    await thief.asks('POST', '/account/confirm', { password: person.password });
    const confirm = await newEmailLink(house, thief, newAddress('thief'));
    await stops(await stopLink(house, person, 'A new e-mail address was requested'));
    expect((await house.visitor().goes(confirm)).status).toBe(404);
    expect(await emailOf(person)).toBe(person.email);
  });

  it('mails no link for a new password to an address that the thief has put there', async () => {
    const person = await house.account('Ann');
    const thief = await owner(house, 'Ann', { person });
    const first = await stopLink(house, person, turnedOn);
    const email = newAddress('thief');
    await thief.visitor.goes('/account/email');
    await confirms(thief, thief.visitor);
    const confirm = await newEmailLink(house, thief.visitor, email);
    await house.visitor().asks('POST', confirm);
    await stops(first);
    expect(await subjectsTo(house, { email })).not.toContain('Set a new password');
    expect(await resetLinks(house, person)).toEqual([]);
    // The other mail gives the address back too.
    await stops(await stopLink(house, person, 'Your e-mail address was changed'));
    expect([await emailOf(person), await resetLinks(house, person)]).toEqual([
      person.email,
      [expect.any(String)],
    ]);
  });

  it('tells the staff, and marks the client until the password was set anew', async () => {
    const [admin, ann] = [await house.account('Mia', 'admin'), await owner(house, 'Ann')];
    const staff = await owner(house, 'Mia', { person: admin });
    await stops(await stopLink(house, ann.person, turnedOn));
    expect((await subjectsTo(house, admin)).join()).toContain('A_client_pressed');
    const page = await staff.visitor.goes(`/staff/clients/${ann.person.id}`);
    expect(page.text).toContain('Until a new password is set by a link');
    const json = await staff.visitor.asks('GET', `/staff/clients/${ann.person.id}`);
    expect(JSON.stringify(json.body)).toContain('"event":"two-factor.enabled"');
    await setsPassword(ann.person);
    const released = await staff.visitor.goes(`/staff/clients/${ann.person.id}`);
    expect(released.text).not.toContain('Until a new password is set');
  });

  it('is in the mail about a requested link for a new password, too', async () => {
    const ann = await owner(house, 'Ann');
    await newLink(house, ann.person);
    await stops(await stopLink(house, ann.person, 'Set a new password'));
    expect(await isIn(ann.visitor)).toBe(false);
    expect((await house.visitor().signsIn(ann.person)).address).toBe('/login/challenge');
  });
});
