import { randomUUID } from 'node:crypto';
import { Invoices } from '../../src/billing/invoices/invoices.service.js';
import type { Person } from '../support/people/accounts.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const cookie = 'portal-time-zone';

describe('the time zone of the reader', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ env: { PORTAL_TIME_ZONE: 'asia/kathmandu' } });
  });
  afterAll(() => house.close());

  async function arrives(person: Person, zone?: string): Promise<Visitor> {
    const visitor = house.visitor();
    if (zone !== undefined) visitor.cookies.set(cookie, zone);
    await visitor.signsIn(person);
    return visitor;
  }

  async function chooses(visitor: Visitor, timeZone: string): Promise<void> {
    await visitor.goes('/account/profile');
    await visitor.submits({ timeZone });
    expect(visitor.page.all('[role=status]')).toEqual(['Your profile has been saved.']);
  }

  /** The first time on the page of sessions, as people and as programs read it. */
  async function seenBy(visitor: Visitor): Promise<{ text: string; at: number }> {
    await visitor.goes('/account/sessions');
    const at = Date.parse(visitor.page.attribute('time', 'datetime') ?? '');
    return { text: visitor.page.all('time')[0] ?? '', at };
  }

  const inZone = (at: number, timeZone: string, named: string) =>
    `${new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)} ${named}`.replace(
      /\s+/g,
      ' ',
    );

  it('is the provider’s where the browser says nothing, such as one without scripts', async () => {
    const { text, at } = await seenBy(await arrives(await house.account('Ann')));
    expect(text).toBe(inZone(at, 'Asia/Kathmandu', 'GMT+5:45'));
  });

  it('is the browser’s, which its script tells in a cookie', async () => {
    const { text, at } = await seenBy(await arrives(await house.account('Ann'), 'America/New_York'));
    expect(text).toBe(inZone(at, 'America/New_York', /EDT|EST/.exec(text)?.[0] ?? ''));
  });

  it.each(['', 'Mars/Olympus', '+05:30', '%00', '"><script>', 'x'.repeat(3000), 'constructor', '../UTC'])(
    'is the provider’s where the cookie says %j',
    async (zone) => {
      const visitor = await arrives(await house.account('Ann'), zone);
      const { text, at } = await seenBy(visitor);
      expect([visitor.page.status, text]).toEqual([200, inZone(at, 'Asia/Kathmandu', 'GMT+5:45')]);
    },
  );

  it('is the one of the profile, whatever the browser says, until the profile says “my browser’s”', async () => {
    const visitor = await arrives(await house.account('Ann'), 'America/New_York');
    await chooses(visitor, 'Asia/Tokyo');
    expect(visitor.page.attribute('#timeZone option[selected]', 'value')).toBe('Asia/Tokyo');
    expect((await seenBy(visitor)).text).toMatch(/ GMT\+9$/);
    await chooses(visitor, '');
    expect((await seenBy(visitor)).text).toMatch(/ E[DS]T$/);
  });

  it('is chosen from a list, stays when it is not sent, and nothing else is taken', async () => {
    const visitor = await arrives(await house.account('Ann'));
    await chooses(visitor, 'Europe/Berlin');
    await visitor.asks('POST', '/account/profile', { name: 'Ann' });
    expect((await visitor.asks('GET', '/account/profile')).body).toMatchObject({ timeZone: 'Europe/Berlin' });
    for (const timeZone of ['Europe/Bern', 'europe/berlin', '+01:00', 'x'.repeat(70), ['UTC'], 5]) {
      const { status, body } = await visitor.asks('POST', '/account/profile', { name: 'Ann', timeZone });
      expect([status, body['fields']]).toEqual([400, { timeZone: 'profile.time-zone-unknown' }]);
    }
    await visitor.asks('POST', '/account/profile', { name: 'Ann', timeZone: null });
    expect((await visitor.asks('GET', '/account/profile')).body).toMatchObject({ timeZone: null });
  });

  it.each(['Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'US/Pacific'])(
    'is taken by any name of the IANA database, and shown as it was chosen: %s',
    async (timeZone) => {
      const visitor = await arrives(await house.account('Ann'));
      const sent = { name: 'Ann', timeZone };
      expect((await visitor.asks('POST', '/account/profile', sent)).status).toBe(200);
      const page = await visitor.goes('/account/profile');
      expect(page.attribute('#timeZone option[selected]', 'value')).toBe(timeZone);
      await visitor.submits({ name: 'Ann Other' });
      expect((await visitor.asks('GET', '/account/profile')).body).toMatchObject({ timeZone });
    },
  );

  it('is kept on the module’s pages, in the history, and in texts around a time', async () => {
    const { person, visitor } = await owner(house, 'Bea');
    visitor.cookies.set(cookie, 'Asia/Tokyo');
    const page = await visitor.goes('/account/security');
    const texts = page.all('time');
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.filter((text) => !text.endsWith(' GMT+9'))).toEqual([]);
    expect(page.text).toMatch(/Added \w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2}\s[AP]M GMT\+9/);
    expect(page.text).not.toContain('&lt;time');
    const { body } = await visitor.asks('GET', '/account/security');
    expect(JSON.stringify(body)).toMatch(/"createdAt":"[\d-]+T[\d:.]+Z"/);
    expect(person.email).toBeTruthy();
  });

  it('of a mail is the one of the profile, else the provider’s', async () => {
    const [ann, ida] = [await house.account('Ann'), await house.account('Ida')];
    for (const person of [ann, ida]) {
      const visitor = await arrives(person, 'America/New_York');
      if (person === ida) await chooses(visitor, 'Asia/Tokyo');
      await visitor.goes('/account/password');
      await visitor.submits({ password: person.password });
      await visitor.submits({ newPassword: 'a much better password' });
    }
    await house.settled();
    expect((await house.inbox.of(ann.email))[0]?.source).toMatch(/When: .* GMT\+5:45/);
    expect((await house.inbox.of(ida.email))[0]?.source).toMatch(/When: .* GMT\+9/);
  });

  it('is the staff’s own on their pages, and the days of the audit’s filter are days there', async () => {
    const mia = await arrives(await house.account('Mia', 'admin'), 'Pacific/Kiritimati');
    const client = await house.account('Zoe');
    await house.visitor().signsIn(client);
    await house.settled();
    const page = await mia.goes(
      `/staff/audit?account=${encodeURIComponent(client.email)}&event=login.succeeded`,
    );
    const at = Date.parse(page.attribute('tbody time', 'datetime') ?? '');
    const day = (zone: string) => new Intl.DateTimeFormat('sv', { timeZone: zone }).format(at);
    expect(page.text).toContain('Pacific/Kiritimati');
    const on = async (from: string) =>
      (
        await mia.goes(`/staff/audit?account=${encodeURIComponent(client.email)}&from=${from}&to=${from}`)
      ).all('tbody tr').length;
    expect([await on(day('Pacific/Kiritimati')), await on(day('Pacific/Pago_Pago'))]).toEqual([1, 0]);
    const query = `account=${encodeURIComponent(client.email)}&from=${day('UTC')}&to=${day('UTC')}`;
    const { body } = await mia.asks('GET', `/staff/audit?${query}`);
    expect(body['entries']).toHaveLength(1);
  });

  it('does not change the day of an invoice, which is the provider’s', async () => {
    const person = await house.account('Eva');
    // 20:00 UTC is the next day in Kathmandu.
    const issuedAt = Date.UTC(2029, 11, 1, 20);
    const { id: accountId } = person;
    const facts = { id: randomUUID(), number: 'INV-1', description: 'Hosting', currency: 'EUR', cents: 100 };
    const lines = [{ description: 'Hosting', cents: 100, taxCents: 0, taxPercent: 0 }];
    const times = { issuedAt, dueAt: issuedAt, paidAt: issuedAt };
    await house.app.get(Invoices).add([{ ...facts, ...times, accountId, lines, status: 'paid' }]);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const visitor = await arrives(person, zone);
      await visitor.goes('/invoices');
      expect(visitor.page.all('time')).toEqual(['Dec 2, 2029', 'Dec 2, 2029']);
    }
  });
});
