import { forEachDatabase } from '../../support/databases/databases.js';
import {
  asksForCode,
  codesTo,
  mailReader,
  newestCode,
  otherThan,
  resend,
} from '../../support/people/mail-reader.js';
import { pending } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const minute = 60_000;

forEachDatabase('a code by mail as the second factor on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { MAILED_CODES: 'on' } });
    other = await portal({ besides: site, env: { MAILED_CODES: 'on' } });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  it('turns two-factor on, hands out backup codes, and is asked for at the next sign-in', async () => {
    const { person, codes, visitor } = await mailReader(site, 'Ann');
    expect(codes).toHaveLength(10);
    const next = await pending(site, person);
    expect(next.page.title).toBe('Enter the code from your e-mail');
    const code = await asksForCode(site, next, person);
    expect((await next.submits({ code })).title).toBe('Welcome, Ann');
    const { body } = await visitor.asks('GET', '/account/security');
    expect(body['factors']).toMatchObject([{ kind: 'email-code', label: 'Codes by e-mail' }]);
  });

  it('is sent by a click alone: no page that is looked at sends one', async () => {
    const { person } = await mailReader(site, 'Ben');
    const before = await codesTo(site, person);
    const visitor = await pending(site, person);
    for (const path of ['/login/challenge', '/login/challenge?kind=email-code', '/login/challenge/resend'])
      await visitor.goes(path);
    expect(await codesTo(site, person)).toEqual(before);
  });

  it('says where to, for how long, and when another may be asked for', async () => {
    const { person } = await mailReader(site, 'Cleo');
    const visitor = await pending(site, person);
    expect(visitor.page.text).toMatch(/We e-mail a code to c…@example\.com .* works for 10 minutes/);
    await asksForCode(site, visitor, person);
    const { page } = visitor;
    expect(page.text).toMatch(/We e-mailed a code to c…@example\.com\. It works for 10 minutes, until/);
    expect(page.text).toMatch(/You can ask for another one in \d+ seconds?\./);
    expect(page.text).not.toContain(person.email);
    // Within five seconds it would be a double click.
    site.clock.advance(6_000);
    const soon = await visitor.presses(resend.atSignIn);
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '54']);
    expect(soon.text).toContain('in less than a minute');
  });

  it('signs a program in by JSON, and confirms', async () => {
    const { person } = await mailReader(site, 'Pia');
    const [program, { email, password }] = [site.visitor(), person];
    const { body } = await program.asks('POST', '/login', { email, password });
    expect(body).toMatchObject({ status: 'challenge', challenge: { kinds: ['email-code', 'backup-codes'] } });
    const none = { to: expect.stringMatching(/^p…@/) as string, expiresAt: null, nextAt: null };
    expect((await program.asks('GET', '/login/challenge')).body).toMatchObject({
      question: { ...none, kind: 'email-code' },
    });
    const now = site.clock.now();
    const sent = await program.asks('POST', resend.atSignIn);
    const times = { expiresAt: iso(now + 10 * minute), nextAt: iso(now + minute) };
    expect(sent.body).toEqual({ ...times, status: 'sent', to: none.to });
    const code = await newestCode(site, person);
    const answer = await program.asks('POST', '/login/challenge', { kind: 'email-code', code });
    expect(answer.body).toEqual({ status: 'signed-in' });
    const early = await program.asks('POST', resend.toConfirm, { kind: 'email-code' });
    expect([early.status, early.body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    site.clock.advance(minute);
    expect((await program.asks('POST', resend.toConfirm)).body).toMatchObject({ status: 'sent' });
    const given = { password, kind: 'email-code', code: await newestCode(site, person) };
    expect((await program.asks('POST', '/account/confirm', given)).body).toHaveProperty('freshUntil');
    const again = await program.asks('POST', '/account/confirm', given);
    expect([again.status, again.body['reason']]).toEqual([401, 'used']);
  });

  it('answered twenty times at once, on two nodes, signs in once', async () => {
    const { person } = await mailReader(site, 'Tim');
    const visitor = await pending(site, person);
    const code = await asksForCode(site, visitor, person);
    const twins = Array.from({ length: 20 }, (_, each) => {
      const twin = (each % 2 ? other : site).visitor();
      visitor.cookies.copyTo(twin.cookies);
      return twin;
    });
    const answers = await Promise.all(
      twins.map((twin) => twin.asks('POST', '/login/challenge', { kind: 'email-code', code })),
    );
    expect(answers.filter(({ body }) => body['status'] === 'signed-in')).toHaveLength(1);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
  });

  it('confirms once, however often and wherever it is sent at once', async () => {
    const { person, visitor } = await mailReader(site, 'Uma');
    await visitor.goes('/account/confirm');
    const code = await asksForCode(site, visitor, person, resend.toConfirm);
    const twins = Array.from({ length: 10 }, (_, each) => {
      const twin = (each % 2 ? other : site).visitor();
      visitor.cookies.copyTo(twin.cookies);
      return twin;
    });
    const given = { password: person.password, kind: 'email-code', code };
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', '/account/confirm', given)));
    expect(answers.filter(({ body }) => 'freshUntil' in body)).toHaveLength(1);
  });

  it('asked for many times at once, on two nodes, is one mail', async () => {
    const { person } = await mailReader(site, 'Vera');
    const visitor = await pending(site, person);
    const before = await codesTo(site, person);
    const twins = Array.from({ length: 10 }, (_, each) => {
      const twin = (each % 2 ? other : site).visitor();
      visitor.cookies.copyTo(twin.cookies);
      return twin;
    });
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', resend.atSignIn)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(429)]);
    for (const { status, headers } of answers)
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await other.settled();
    expect(await codesTo(site, person)).toHaveLength(before.length + 1);
    const code = await newestCode(site, person);
    expect((await twins[1]!.asks('POST', '/login/challenge', { kind: 'email-code', code })).status).toBe(200);
  });

  it('costs a miss for each wrong one, and the login with the fifth; another code resets nothing', async () => {
    const { person, codes } = await mailReader(site, 'Kim');
    const visitor = await pending(site, person);
    const first = await asksForCode(site, visitor, person);
    for (let miss = 0; miss < 3; miss += 1) await visitor.submits({ code: otherThan(first) });
    expect(visitor.page.status).toBe(401);
    site.clock.advance(minute);
    const second = await asksForCode(site, visitor, person);
    expect((await visitor.submits({ code: first })).text).toContain('That code is not right');
    expect((await visitor.submits({ code: otherThan(second) })).title).toBe('Sign in again');
    const next = await pending(site, person);
    const shut = await next.presses(resend.atSignIn);
    expect([shut.status, shut.text]).toEqual([429, expect.stringContaining('Too many attempts')]);
    await next.goes('/login/challenge?kind=backup-codes');
    await next.submits({ code: codes[0] ?? '' });
    expect(next.page.text).toContain('You used a backup code');
  });
});

function iso(at: number): string {
  return new Date(at).toISOString();
}
