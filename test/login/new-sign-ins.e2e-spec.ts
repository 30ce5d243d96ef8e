import { SeenBrowserRow } from '../../src/auth/new-sign-ins/seen-browser.entity.js';
import { limits } from '../../src/limits.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { subjectsTo } from '../support/people/email-link.js';
import { stopLinks } from '../support/people/stop-link.js';
import type { Person } from '../support/people/accounts.js';
import { portal, type Portal } from '../support/portal/portal.js';

const subject = 'New sign-in to your account';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const newerChrome = chrome.replace('140.0', '141.0');

forEachDatabase('a sign-in from a new browser or network, on', (database) => {
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

  async function signsIn(person: Person, address: string, agent = chrome, site = house) {
    const visitor = site.visitor();
    visitor.address = address;
    const { email, password } = person;
    const answer = await visitor.asks('POST', '/login', { email, password }, { 'User-Agent': agent });
    expect(answer.status).toBe(200);
    await site.settled();
    return visitor;
  }
  const mails = async (person: Person) =>
    (await subjectsTo(house, person)).filter((each) => each === subject).length;

  it('is mailed once, with browser, address and the link “This wasn’t me”; the first sign-in ever is not', async () => {
    const person = await house.account('Ann');
    await signsIn(person, '198.51.100.7');
    expect(await mails(person)).toBe(0);
    const thief = await signsIn(person, '203.0.113.9');
    await signsIn(person, '203.0.113.9', chrome, other);
    expect(await mails(person)).toBe(1);
    const [mail] = (await house.inbox.of(person.email)).filter((each) => each.subject === subject);
    expect(mail?.source).toContain('Chrome, Windows');
    expect(mail?.source).toContain('203.0.113.9');
    const [link = ''] = await stopLinks(house, person, subject);
    const { body } = await house.visitor().asks('POST', link, {});
    expect(body).toEqual({ status: 'locked-down', undone: false, mailed: true });
    expect((await thief.asks('GET', '/account/security')).status).toBe(401);
  });

  it('is no news within the network, with a newer version of the browser, or from a known place', async () => {
    const person = await house.account('Ann');
    await signsIn(person, '198.51.100.7');
    await signsIn(person, '198.51.100.200', newerChrome);
    await signsIn(person, '198.51.100.7');
    expect(await mails(person)).toBe(0);
    await signsIn(person, '2001:db8:1:2::1');
    expect(await mails(person)).toBe(1);
    await signsIn(person, '2001:db8:1:ffff::2');
    expect(await mails(person)).toBe(1);
    await signsIn(person, '2001:db8:2:2::1');
    expect(await mails(person)).toBe(2);
  });

  it('is mailed once where it comes twice at the same time, on two nodes', async () => {
    const person = await house.account('Ann');
    await signsIn(person, '198.51.100.7');
    await Promise.all(
      [house, other, house, other].map((site) => signsIn(person, '203.0.113.9', chrome, site)),
    );
    expect(await mails(person)).toBe(1);
  });

  it('is stored without address and browser, and not for more than fifty places', async () => {
    const person = await house.account('Ann');
    const rows = (where: object = { accountId: person.id }) =>
      house.database.manager.findBy(SeenBrowserRow, where);
    await signsIn(person, '198.51.100.7');
    const [first] = await rows();
    expect(JSON.stringify(first)).not.toMatch(/198\.51|Chrome/);
    const seenAt = house.clock.now() - 1;
    const many = Array.from({ length: limits['seen-browsers'].points }, (_, i) => ({
      id: `${person.id} ${i}`,
      accountId: person.id,
      seenAt,
    }));
    await house.database.manager.insert(SeenBrowserRow, many);
    await signsIn(person, '203.0.113.9');
    const left = await rows();
    expect(left).toHaveLength(limits['seen-browsers'].points);
    expect(left.map(({ id }) => id)).toContain(first?.id);
  });
});
