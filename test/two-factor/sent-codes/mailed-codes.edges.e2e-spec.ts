import { AccountRow } from '../../../src/accounts/account.entity.js';
import { MailRow } from '../../../src/mail/queue/mail.entity.js';
import { Mailer } from '../../../src/mail/rendering/mailer.js';
import { factors } from '../../../src/two-factor/factors.js';
import { twoFactorWith } from '../../../src/two-factor/two-factor.portal-module.js';
import { newAddress, newEmailLink } from '../../support/people/email-link.js';
import {
  asksForCode,
  codesTo,
  confirmsByMail,
  mailReader,
  newestCode,
  otherThan,
  resend,
} from '../../support/people/mail-reader.js';
import { pending, owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { newLink } from '../../support/people/reset-link.js';

const minute = 60_000;
const room = '/account/security/two-factor';

describe('codes by mail', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ env: { MAILED_CODES: 'on', SUPPORT_EMAIL: 'help@example.com' } });
  });
  afterAll(() => site.close());

  it.each(['1234567', '123456789', 'abcdefgh', '123456', ''])(
    'have eight digits: %j is malformed and costs nothing',
    async (code) => {
      const { person } = await mailReader(site, 'Lou');
      const visitor = await pending(site, person);
      const right = await asksForCode(site, visitor, person);
      for (let press = 0; press < 6; press += 1) expect((await visitor.submits({ code })).status).toBe(400);
      expect((await visitor.submits({ code: right.replace(' ', '\u2011') })).title).toBe('Welcome, Lou');
    },
  );

  it('are asked for first: without one, that is said', async () => {
    const { person } = await mailReader(site, 'Nia');
    const visitor = await pending(site, person);
    const page = await visitor.submits({ code: '12345678' });
    expect([page.status, page.text]).toEqual([
      401,
      expect.stringContaining('We have not sent you a code for this'),
    ]);
  });

  it('work at one sign-in, of one person, while they are the newest, and once', async () => {
    const [ann, bob] = [await mailReader(site, 'Ann'), await mailReader(site, 'Bob')];
    const [first, second, his] = [
      await pending(site, ann.person),
      await pending(site, ann.person),
      await pending(site, bob.person),
    ];
    const code = await asksForCode(site, first, ann.person);
    await asksForCode(site, his, bob.person);
    for (const elsewhere of [second, his]) expect((await elsewhere.submits({ code })).status).toBe(401);
    expect((await first.submits({ code })).title).toBe('Welcome, Ann');
    const next = await pending(site, ann.person);
    expect((await next.submits({ code })).text).toContain('That code was already used');
  });

  it('end after ten minutes, with the sign-in that waited for them', async () => {
    const { person, visitor } = await mailReader(site, 'Olga');
    await visitor.goes('/account/confirm');
    const code = await asksForCode(site, visitor, person, resend.toConfirm);
    site.clock.advance(10 * minute);
    const page = await visitor.submits({ password: person.password, code });
    expect(page.text).toContain('too old');
  });

  it('say in their mail who, what for, when and from where, and lead to no sign-in', async () => {
    const { person } = await mailReader(site, 'Mia');
    const visitor = await pending(site, person);
    const code = await asksForCode(site, visitor, person);
    const mails = await site.inbox.of(person.email);
    const source = mails
      .map((mail) => mail.source.replace(/=\r?\n/g, ''))
      .find((each) => each.includes(code));
    for (const words of [
      'Hello Mia',
      'A sign-in to your account with your password has begun',
      'Firefox',
      visitor.address,
      'Client Area',
    ])
      expect(source).toContain(words);
    expect(source).toMatch(/If this wasn=E2=80=99t you, press this button/);
    expect(source).not.toMatch(/\/login|token|reset\//);
    const { recipient, view } = { recipient: person.email, view: 'modules/two-factor/mail/code' };
    const rows = await site.database.manager.findBy(MailRow, { recipient, view });
    expect(rows.map(({ state, letter }) => `${state} ${letter}`)).toEqual(['sent ', 'sent ']);
  });

  it('lie in no row, audit entry or event', async () => {
    const { person } = await mailReader(site, 'Nele');
    const visitor = await pending(site, person);
    const code = await asksForCode(site, visitor, person);
    const tables = ['two_factor_tokens', 'two_factor_factors', 'two_factor_events', 'audit_entries', 'mails'];
    for (const table of tables) {
      const rows = JSON.stringify(await site.database.query(`SELECT * FROM ${table}`));
      for (const each of [code, code.replace(' ', '')]) expect(rows).not.toContain(each);
    }
  });

  it('cannot be had by mail that is not taken: 503, and everything is as it was', async () => {
    const { person } = await mailReader(site, 'Otto');
    const visitor = await pending(site, person);
    const code = await asksForCode(site, visitor, person);
    site.clock.advance(minute);
    const queue = site.app.get(Mailer, { strict: false });
    const { send } = queue;
    queue.send = () => Promise.reject(new Error('the queue is dead'));
    const page = await visitor.presses(resend.atSignIn);
    queue.send = send;
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '60']);
    await visitor.goes('/login/challenge');
    expect((await visitor.submits({ code })).title).toBe('Welcome, Otto');
  });

  it('go to the new address after its change, and older ones are void', async () => {
    const ann = await mailReader(site, 'Anna');
    const { visitor, person } = ann;
    site.clock.advance(10 * minute);
    await visitor.goes('/account/email');
    await confirmsByMail(site, ann);
    const email = newAddress();
    const link = await newEmailLink(site, visitor, email);
    site.clock.advance(minute);
    const waiting = await pending(site, person);
    const before = await asksForCode(site, waiting, person);
    await visitor.goes(link);
    await visitor.presses(new URL(visitor.page.address, site.url).pathname);
    expect((await waiting.submits({ code: before })).address).toBe('/login');
    site.clock.advance(minute);
    const next = await pending(site, { ...person, email });
    const code = await asksForCode(site, next, { email });
    expect((await next.submits({ code })).title).toBe('Welcome, Anna');
  });

  it('are not offered to staff, and do not work for a person who became staff', async () => {
    const sam = await site.account('Sam', 'support');
    const visitor = site.visitor();
    await visitor.signsIn(sam);
    expect((await visitor.goes('/account/security')).text).not.toContain('by e-mail');
    expect((await visitor.goes(`${room}/email-code`)).status).toBe(404);
    expect((await visitor.asks('POST', `${room}/email-code/setup`, {})).status).toBe(404);
    const { person, codes } = await mailReader(site, 'Bea');
    await site.database.manager.update(AccountRow, { id: person.id }, { role: 'support' });
    const next = await pending(site, person);
    expect(next.page.title).toBe('Enter a backup code');
    expect((await next.asks('POST', resend.atSignIn, { kind: 'email-code' })).status).toBe(404);
    expect((await next.goes('/login/challenge?kind=email-code')).title).toBe('Enter a backup code');
    await next.submits({ code: codes[0] ?? '' });
    expect(next.page.text).toContain('You used a backup code');
    expect(next.page.link('Set up two-factor again')).toContain(`${room}/totp?replaces=`);
  });

  it('are set up by a click: ten tries, another code after a minute, the same way in the end', async () => {
    const [person, visitor] = [await site.account('Rio'), site.visitor()];
    await visitor.signsIn(person);
    await visitor.goes(`${room}/email-code`);
    expect(await codesTo(site, person)).toEqual([]);
    await visitor.presses(`${room}/email-code/setup`);
    const first = await newestCode(site, person);
    expect((await visitor.goes(`${room}/email-code/setup`)).text).toContain('We e-mailed a code to r…@');
    site.clock.advance(6_000);
    const soon = await visitor.presses(`${room}/email-code/setup`);
    expect([soon.status, await codesTo(site, person)]).toEqual([429, [first]]);
    expect((await visitor.submits({ code: otherThan(first) })).status).toBe(401);
    site.clock.advance(minute);
    await visitor.presses(`${room}/email-code/setup`);
    expect((await visitor.submits({ code: first })).status).toBe(401);
    for (let miss = 1; miss < 10; miss += 1) await visitor.submits({ code: otherThan(first) });
    const late = { code: await newestCode(site, person), label: 'Mail' };
    expect((await visitor.asks('POST', `${room}/email-code/confirm`, late)).status).toBe(409);
    expect((await visitor.asks('GET', '/account/security')).body['enabled']).toBe(false);
  });
});

describe('codes by mail, where two-factor must be set up,', () => {
  it('are one of the ways, and sign in', async () => {
    const site = await portal({ env: { MAILED_CODES: 'on', REQUIRE_TWO_FACTOR: 'everyone' } });
    const [person, visitor] = [await site.account('Ann'), site.visitor()];
    await visitor.signsIn(person);
    await visitor.goes(visitor.page.link('Codes by e-mail'));
    await visitor.presses('/login/enrol/email-code/setup');
    expect(visitor.page.text).toContain('We e-mailed a code to a…@');
    await visitor.submits({ code: await newestCode(site, person) });
    expect((await visitor.goes('/invoices')).status).toBe(200);
    const sam = site.visitor();
    await sam.signsIn(await site.account('Sam', 'support'));
    expect(sam.page.text).not.toContain('by e-mail');
    expect((await sam.goes('/login/enrol/email-code')).status).toBe(404);
    await site.close();
  });
});

describe('a person who became staff and has no other factor', () => {
  it('is not signed in, and gets the address of the support', async () => {
    const kinds = factors.filter(({ role }) => role === 'primary');
    const modules = [twoFactorWith(kinds)];
    const site = await portal({ modules, env: { MAILED_CODES: 'on', SUPPORT_EMAIL: 'help@example.com' } });
    const { person } = await mailReader(site, 'Bea');
    await site.database.manager.update(AccountRow, { id: person.id }, { role: 'support' });
    const visitor = await pending(site, person);
    expect(visitor.page.text).toContain('help@example.com');
    expect(visitor.page.title).toBe('I can’t use any of these');
    const program = await visitor.asks('GET', '/login/challenge');
    expect(program.body).toMatchObject({ status: 'challenge', challenge: { kinds: [] } });
    expect((await visitor.asks('POST', '/login/challenge', { code: '12345678' })).status).toBe(400);
    expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
    await site.close();
  });

  it('confirms nothing either, in a session from before', async () => {
    const kinds = factors.filter(({ role }) => role === 'primary');
    const site = await portal({ modules: [twoFactorWith(kinds)], env: { MAILED_CODES: 'on' } });
    const { person, visitor } = await mailReader(site, 'Bea');
    const after = await portal({ besides: site, modules: [twoFactorWith(kinds)] });
    const there = after.visitor();
    visitor.cookies.copyTo(there.cookies);
    await there.goes('/account/confirm');
    const page = await there.submits({ password: person.password });
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Please ask us for help')]);
    await after.close();
    await site.close();
  });
});

describe('a mailed link for a new password', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ env: { MAILED_CODES: 'on', SUPPORT_EMAIL: 'help@example.com' } });
  });
  afterAll(() => site.close());

  it('resets no password of an account with codes by mail: one mailbox would be both factors', async () => {
    const { person } = await mailReader(site, 'Ann');
    const [link, visitor] = [await newLink(site, person), site.visitor()];
    const page = await visitor.goes(link);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('an e-mail alone cannot reset')]);
    expect(page.text).toContain('help@example.com');
    const thief = await visitor.asks('POST', link, { password: 'a password of the thief' });
    expect([thief.status, thief.body['reason']]).toEqual([403, 'mail-alone']);
    expect((await pending(site, person)).page.address).toBe('/login/challenge');
  });

  it('resets the password of an account that has only an app', async () => {
    const { person } = await owner(site, 'Bob');
    const visitor = site.visitor();
    await visitor.goes(await newLink(site, person));
    const page = await visitor.submits({ password: 'another horse altogether' });
    expect(page.address).toBe('/login?done=reset');
  });

  it('that was asked for before codes by mail were set up replaces none either', async () => {
    const person = await site.account('Cleo');
    const [link, visitor] = [await newLink(site, person), site.visitor()];
    await visitor.signsIn(person);
    await visitor.goes(`${room}/email-code`);
    await visitor.presses(`${room}/email-code/setup`);
    await visitor.submits({ code: await newestCode(site, person) });
    expect((await site.visitor().goes(link)).status).toBe(403);
  });
});

describe('a portal that switches codes by mail off again', () => {
  it('requires a backup code of their owners; their passwords are as safe from mail as before', async () => {
    const site = await portal({ env: { MAILED_CODES: 'on' } });
    const { person, codes } = await mailReader(site, 'Ann');
    const after = await portal({ besides: site });
    const next = await pending(after, person);
    expect(next.page.title).toBe('Enter a backup code');
    expect(next.page.text).not.toContain('by e-mail');
    expect((await next.asks('POST', resend.atSignIn)).status).toBe(404);
    await next.submits({ code: codes[0] ?? '' });
    expect(next.page.text).toContain('You used a backup code');
    expect((await after.visitor().goes(await newLink(after, person))).status).toBe(403);
    expect((await next.goes(`${room}/email-code`)).status).toBe(404);
    await after.close();
    await site.close();
  });
});
