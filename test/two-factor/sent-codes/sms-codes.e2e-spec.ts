import type { Type } from '@nestjs/common';
import { AccountDirectory, backupCodes, LoginSession, TwoFactor, TwoFactorModule } from 'nestjs-two-factor';
import { HttpSmsSender, smsCode } from 'nestjs-two-factor-sms';
import { factors } from '../../../src/two-factor/factors.js';
import { twoFactorWith } from '../../../src/two-factor/two-factor.portal-module.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { SmsGateway } from '../../support/network/sms-gateway.js';
import type { Person } from '../../support/people/accounts.js';
import { otherThan, resend } from '../../support/people/mail-reader.js';
import { codesOn } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const room = '/account/security/two-factor/sms-code';
const question = 'Enter the code from your text message';

forEachDatabase('a portal with codes by SMS on', (database) => {
  let site: Portal;
  let gateway: SmsGateway;
  let numbers = 10;
  beforeAll(async () => {
    gateway = await SmsGateway.opens();
    const sender = new HttpSmsSender({ url: gateway.url, token: 'a-token' });
    const sms = smsCode({ sender, passwordReset: 'never-by-phone' });
    site = await portal({ database, modules: [twoFactorWith([...factors, sms])] });
  });
  afterAll(async () => {
    await site.close();
    gateway.closes();
  });

  /** A number that no other account has. */
  const ownNumber = () => `+4917112345${(numbers += 1)}`;
  const masked = (number: string) => `+49 ••• ••${number.slice(-2)}`;

  /** On the page where a set-up by SMS starts. */
  async function atTheStart(name = 'Ann') {
    const person = await site.account(name);
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await visitor.goes('/account/security');
    await visitor.goes(visitor.page.link('Add codes by SMS'));
    return { person, visitor };
  }

  /** A person with codes by SMS, a minute later. */
  async function texted() {
    const [number, { person, visitor }] = [ownNumber(), await atTheStart()];
    await visitor.submits({ number });
    const codes = codesOn(await visitor.submits({ code: gateway.codeTo(number) }));
    site.clock.advance(60_000);
    return { number, person, visitor, codes };
  }

  const asked = async (person: Person) => {
    const visitor = site.visitor();
    expect((await visitor.signsIn(person)).title).toBe(question);
    return visitor;
  };

  it('sets it up with number, code and done, and shows the number masked alone', async () => {
    const [number, { person, visitor }] = [ownNumber(), await atTheStart()];
    const typed = number.replace('+49171', '+49 (171) ');
    await visitor.submits({ number: typed });
    expect(visitor.page.text).toContain(`A code was sent to ${masked(number)}`);
    expect(visitor.page.html).not.toContain(number.slice(6));
    expect(gateway.taken.at(-1)?.text).toMatch(/^.+: \d{4} \d{4} is your security code\./);
    expect(codesOn(await visitor.submits({ code: gateway.codeTo(number) }))).toHaveLength(10);
    const { body } = await visitor.asks('GET', '/account/security');
    expect(body).toMatchObject({ factors: [{ kind: 'sms-code', number: masked(number) }] });
    expect((await site.inbox.of(person.email)).map(({ subject }) => subject)).not.toContain(
      'Your security code',
    );
  });

  it('refuses an invalid number at its field, in the page and in JSON, and sends no message', async () => {
    const { visitor } = await atTheStart();
    const before = gateway.taken.length;
    const page = await visitor.submits({ number: '0171 1234567' });
    expect([page.status, page.all('[aria-invalid=true]')]).toEqual([400, ['']]);
    expect(page.text).toContain('That is not a number we can send to.');
    expect(page.html).toContain('value="0171 1234567"');
    const sentence = { number: expect.stringContaining('not a number we can send to') };
    for (const body of [{ number: '+49 900 1234567' }, { number: 17 }, {}]) {
      const answer = await visitor.asks('POST', `${room}/setup`, body);
      expect([answer.status, answer.body['fields']]).toEqual([400, sentence]);
    }
    const other = await visitor.asks('POST', `${room}/setup`, { number: ownNumber(), code: '12345678' });
    expect(Object.keys(other.body['fields'] as object)).toEqual(['code']);
    expect(gateway.taken).toHaveLength(before);
  });

  it('signs in with it, once, and only with the newest code', async () => {
    const { number, person } = await texted();
    const visitor = await asked(person);
    expect(visitor.page.text).toContain(`We send a code to ${masked(number)}`);
    await visitor.presses(resend.atSignIn);
    const first = gateway.codeTo(number);
    site.clock.advance(6_000);
    await visitor.presses(resend.atSignIn);
    expect(visitor.page.text).toContain('We sent a code to this number less than a minute ago.');
    expect(gateway.codeTo(number)).toBe(first);
    site.clock.advance(60_000);
    await visitor.presses(resend.atSignIn);
    const second = gateway.codeTo(number);
    expect((await visitor.submits({ code: otherThan(second) })).title).toBe(question);
    expect(visitor.page.html).not.toMatch(/mailed|mail me|mailbox/i);
    expect((await visitor.submits({ code: second })).title).toBe('Welcome, Ann');
    const late = await asked(person);
    expect((await late.submits({ code: second })).text).toContain('already used');
  });

  it('sends another code of a set-up to the same number without asking for it again', async () => {
    const [number, { visitor }] = [ownNumber(), await atTheStart()];
    await visitor.submits({ number });
    const first = gateway.codeTo(number);
    site.clock.advance(60_000);
    await visitor.presses(`${room}/setup`);
    const second = gateway.codeTo(number);
    expect(second).not.toBe(first);
    expect((await visitor.submits({ code: first })).text).toContain('That code is not right');
    expect(codesOn(await visitor.submits({ code: second }))).toHaveLength(10);
  });

  it('limits the messages to one number over all accounts', async () => {
    const [number, first, second] = [ownNumber(), await atTheStart(), await atTheStart('Bob')];
    await first.visitor.submits({ number });
    const answer = await second.visitor.asks('POST', `${room}/setup`, { number });
    expect([answer.status, answer.body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(gateway.taken.filter(({ to }) => to === number)).toHaveLength(1);
  });

  it('says when the gateway takes nothing, names no mail, and sets nothing up', async () => {
    const { visitor } = await atTheStart();
    gateway.status = 500;
    const { status, body } = await visitor.asks('POST', `${room}/setup`, { number: ownNumber() });
    gateway.status = 200;
    expect([status, body['code']]).toEqual([503, 'UNAVAILABLE']);
    expect(body['detail']).toBe('The code could not be sent. Try again in a minute, or use another way.');
    expect((await visitor.asks('GET', `${room}/setup`)).status).toBe(409);
  });

  it('keeps the number sealed, and tells nothing of it', async () => {
    const { number, person } = await texted();
    const visitor = await asked(person);
    await visitor.presses(resend.atSignIn);
    await site.settled();
    const tables = site.database.entityMetadatas.map(({ tableName }) => tableName);
    expect(tables).toContain('two_factor_attempts');
    for (const table of tables) {
      const rows: unknown = await site.database.query(`SELECT * FROM ${table}`);
      expect([table, JSON.stringify(rows).includes(number.slice(1))]).toEqual([table, false]);
    }
  });

  it('is read by the phone and not by mail', async () => {
    const { person } = await texted();
    const twoFactor = site.app.get(TwoFactor, { strict: false });
    expect(await twoFactor.reachedBy(person.id, 'phone')).toBe(true);
    expect(await twoFactor.reachedByMail(person.id)).toBe(false);
  });

  it('is not offered to staff', async () => {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Sam', 'admin'));
    await visitor.goes('/account/security');
    expect(visitor.page.text).not.toContain('Codes by SMS');
    expect((await visitor.asks('GET', room)).status).toBe(404);
  });
});

describe('a portal that holds everyone to two-factor', () => {
  it('can be set up between password and session, and shows errors of the number there too', async () => {
    const gateway = await SmsGateway.opens();
    const sender = new HttpSmsSender({ url: gateway.url, token: 'a-token' });
    const sms = smsCode({ sender, passwordReset: 'never-by-phone' });
    const site = await portal({
      ...{ modules: [twoFactorWith([...factors, sms])], env: { REQUIRE_TWO_FACTOR: 'everyone' } },
    });
    try {
      const visitor = site.visitor();
      await visitor.signsIn(await site.account('Ann'));
      await visitor.goes('/login/enrol/sms-code');
      const refused = await visitor.submits({ number: 'call me' });
      expect([refused.status, refused.text.includes('not a number we can send to')]).toEqual([400, true]);
      await visitor.submits({ number: '+49 171 1234599' });
      const done = await visitor.submits({ code: gateway.codeTo('+491711234599') });
      expect(codesOn(done)).toHaveLength(10);
      expect((await visitor.goes('/')).title).toBe('Welcome, Ann');
    } finally {
      await site.close();
      gateway.closes();
    }
  });
});

it('a strict host cannot start with codes by SMS alone', () => {
  const sms = smsCode({ sender: { send: async () => undefined }, passwordReset: 'never-by-phone' });
  const root = {
    ...{ issuer: 'Strict Hosting', keys: 'never:read', factors: [sms, backupCodes()] },
    ...{ accounts: AccountDirectory as Type<AccountDirectory>, session: LoginSession as Type<LoginSession> },
  };
  expect(() => TwoFactorModule.forRoot(root)).not.toThrow();
  expect(() => TwoFactorModule.forRoot({ ...root, strict: true })).toThrow(
    'users could not turn two-factor on',
  );
});
