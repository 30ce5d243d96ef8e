import type { Person } from '../../support/people/accounts.js';
import {
  emailLinks,
  newAddress,
  newEmailLink,
  subjectsTo,
  wantsAddress,
} from '../../support/people/email-link.js';
import { asksWith, forgeries } from '../../support/network/forged-host.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { StatementLog } from '../../support/databases/statements.js';
import type { Visitor } from '../../support/people/visitor.js';

const long = `${'x'.repeat(60)}@${'a.'.repeat(98)}example`;

describe('asking for another e-mail address', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [], env: { PUBLIC_URL: 'http://portal.localhost' } });
  });
  afterAll(() => house.close());

  async function signedIn(name = 'Ann'): Promise<{ person: Person; visitor: Visitor }> {
    const [person, visitor] = [await house.account(name), house.visitor()];
    await visitor.signsIn(person);
    return { person, visitor };
  }
  const asks = (visitor: Visitor, email: unknown) => visitor.asks('POST', '/account/email', { email });
  const source = async (email: string) => {
    await house.settled();
    return (await house.inbox.of(email)).map((mail) => mail.source.replace(/=\r?\n/g, '')).join('\n');
  };

  /** The parts of a page that could reveal whether an address belongs to an account. */
  const shown = ({ html }: { html: string }, ...emails: string[]) =>
    emails
      .reduce((text, email) => text.replaceAll(email, '…'), html)
      .replace(/name="_csrf" value="[^"]+"/g, '');

  it('answers alike whether an account has the address or not', async () => {
    const bob = await house.account('Bob');
    const [programs, people] = [new Set<string>(), new Set<string>()];
    for (const email of [bob.email, newAddress()]) {
      const { person, visitor } = await signedIn();
      const page = await wantsAddress(visitor, email);
      people.add(JSON.stringify([visitor.steps, page.status, shown(page, email, person.email)]));
      const { status, body } = await asks(visitor, email);
      programs.add(JSON.stringify([status, body]));
      const { waiting } = (await visitor.asks('GET', '/account/email')).body;
      expect(waiting).toMatchObject({ email });
    }
    expect([programs.size, people.size]).toEqual([1, 1]);
  });

  it('costs a taken address the statements that a free one costs', async () => {
    const [bob, { visitor }] = [await house.account('Bob'), await signedIn()];
    // The events of the sign-in are delivered a moment later.
    await house.settled();
    const log = StatementLog.on(house.database);
    const costs: string[][] = [];
    for (const email of [bob.email, newAddress()]) {
      log.statements.length = 0;
      await asks(visitor, email);
      // The mails and the event are delivered after the response.
      const last = log.statements.findLastIndex((each) => /INSERT .*INTO "mails"/.test(each));
      costs.push(log.statements.slice(0, last + 1));
      await house.settled();
    }
    expect(costs[0]?.filter((each) => each.includes('"mails"')).length).toBeGreaterThan(2);
    expect(costs[1]).toEqual(costs[0]);
  });

  it('tells the owner of a taken address, without a link, and changes nothing', async () => {
    const [bob, { person, visitor }] = [await house.account('Bob'), await signedIn()];
    await wantsAddress(visitor, bob.email);
    expect(await subjectsTo(house, bob)).toEqual(['Your e-mail address was requested for another account']);
    expect(await emailLinks(house, bob.email)).toEqual([]);
    expect(await source(bob.email)).not.toContain(person.email);
    expect((await house.visitor().signsIn(bob)).address).toBe('/');
    expect((await visitor.asks('GET', '/account/email')).body['email']).toBe(person.email);
  });

  it('tells the old address which one was asked for, from where, and what to do', async () => {
    const { person, visitor } = await signedIn();
    const email = newAddress();
    const link = await newEmailLink(house, visitor, email);
    const notice = await source(person.email);
    for (const words of [email, visitor.address, 'http://portal.localhost/account/password'])
      expect(notice).toContain(words);
    expect(notice).not.toContain(link);
  });

  it('mails no text chosen by the requester to a mailbox that may be a stranger’s', async () => {
    const { visitor, person } = await signedIn();
    await visitor.asks('POST', '/account/profile', { name: 'Cheap pills at evil.example' });
    const email = newAddress();
    await newEmailLink(house, visitor, email);
    const letter = await source(email);
    expect(letter).not.toMatch(/pills/i);
    expect(letter).not.toContain(person.email);
  });

  it.each(Object.entries(forgeries))(
    'mails a link of the portal’s own address, whatever a request says of %s',
    async (_, headers) => {
      const { visitor } = await signedIn();
      const email = newAddress();
      const asked = { path: '/account/email', body: { email } };
      expect(await asksWith(house, visitor, headers, asked)).toBe(200);
      const letter = await source(email);
      expect(letter).toContain('http://portal.localhost/account/email/confirm/');
      expect(letter).not.toContain('evil.example');
    },
  );

  it.each([
    [undefined],
    [null],
    [''],
    ['no address'],
    ['@example.com'],
    [7],
    [true],
    [{}],
    [{ email: 'a@example.com' }],
    [['a@example.com']],
    [['a@example.com', 'b@example.com']],
    ['a@example.com,b@example.com'],
    ['a@example.com; b@example.com'],
    ['a@example.com b@example.com'],
    ['Ann <a@example.com>'],
    ['"a b"@example.com'],
    ['"a@evil.example,"@example.com'],
    ['a@example.com\r\nBcc: b@example.com'],
    ['a@example.com\n'],
    ['\ta@example.com'],
    ['a%0d%0ab@example.com\r'],
    ['nul\0@example.com'],
    ['half\ud800@example.com'],
    ['hidden\u200b@example.com'],
    ['right\u202eleft@example.com'],
    ['line\u2028@example.com'],
    ['a@[127.0.0.1]'],
    ['a@localhost'],
    [long],
    [`${'x'.repeat(64)}x@example.com`],
    [`${'\ufdfa'.repeat(20)}@example.com`],
  ])('does not take %j for an address', async (email) => {
    const { person, visitor } = await signedIn();
    const { status, body } = await asks(visitor, email);
    expect([status, body['code'], body['fields']]).toEqual([
      400,
      'INVALID_INPUT',
      { email: 'email.not-one' },
    ]);
    expect(await subjectsTo(house, person)).toEqual([]);
  });

  it('does not take a field that was sent twice, nor one it does not have, nor one in the address', async () => {
    const { person, visitor } = await signedIn();
    const page = await visitor.goes('/account/email');
    const headers = { Origin: house.url, 'Sec-Fetch-Site': 'same-origin' };
    for (const [name, value] of [
      ['email', newAddress()],
      ['id', 'somebody'],
    ] as const) {
      const { values } = page.form(['email']);
      values.set('email', newAddress());
      values.append(name, value);
      const answer = await visitor.sends('/account/email', { method: 'POST', headers, body: values });
      expect([name, answer.status]).toEqual([name, 400]);
    }
    const query = `/account/email?email=${encodeURIComponent(newAddress())}`;
    expect((await visitor.asks('POST', query, {})).status).toBe(400);
    expect(await subjectsTo(house, person)).toEqual([]);
  });

  it('shows the error beside the form, and keeps the input', async () => {
    const { visitor } = await signedIn();
    const page = await wantsAddress(visitor, 'ann at example.com');
    expect([page.status, page.all('.error-summary li'), page.attribute('#email', 'value')]).toEqual([
      400,
      ['Enter one e-mail address, such as name@example.com.'],
      'ann at example.com',
    ]);
  });

  it('is allowed 5 times an hour for an account, and tells when again', async () => {
    const { person, visitor } = await signedIn();
    for (let times = 0; times < 5; times++) expect((await asks(visitor, newAddress())).status).toBe(200);
    const { status, headers, body } = await asks(visitor, newAddress());
    expect([status, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await subjectsTo(house, person)).toHaveLength(5);
  });

  it('is allowed 5 times an hour for an address, for all requesters, and whether an account has it or not', async () => {
    for (const email of [(await house.account('Bob')).email, newAddress()]) {
      for (let times = 0; times < 5; times++)
        expect((await asks((await signedIn()).visitor, email)).status).toBe(200);
      expect((await asks((await signedIn()).visitor, email.toUpperCase())).status).toBe(429);
      expect(await subjectsTo(house, { email })).toHaveLength(5);
    }
  });

  it('needs a session, and is refused from another site', async () => {
    expect((await house.visitor().goes('/account/email')).address).toMatch(/^\/login/);
    expect((await asks(house.visitor(), newAddress())).status).toBe(401);
    const { visitor } = await signedIn();
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const sent = await visitor.asks('POST', '/account/email', { email: newAddress() }, headers);
    expect([sent.status, sent.body['code']]).toEqual([403, 'CROSS_SITE']);
  });

  it('has no link that could be guessed, whatever stands in its place', async () => {
    for (const token of ['x', '%00', 'A'.repeat(43), 'A'.repeat(3000)]) {
      const page = await house.visitor().goes(`/account/email/confirm/${token}`);
      expect([token, page.status]).toEqual([token, 404]);
    }
  });

  it('is in the audit log, and so is the change, without addresses and without the link', async () => {
    const { person, visitor } = await signedIn();
    const [email, mia] = [newAddress(), house.visitor()];
    const link = await newEmailLink(house, visitor, email);
    house.clock.advance(1);
    await visitor.asks('POST', link);
    await house.settled();
    await mia.signsIn(await house.account('Mia', 'admin'));
    const { body } = await mia.asks('GET', `/staff/audit?account=${email}`);
    const entries = body['entries'] as readonly { name: string }[];
    const told = entries.filter(({ name }) => name.startsWith('email.'));
    expect(told).toMatchObject([
      { name: 'email.changed', actor: { type: 'account' }, data: {} },
      { name: 'email.change-requested', actor: { type: 'account' }, data: {} },
    ]);
    for (const secret of [person.email, link.split('/').at(-1)])
      expect(JSON.stringify(told)).not.toContain(secret);
  });
});
