import { mailHouse, not, Reader } from './mailed.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import { brittleHost } from './core/fixtures/brittle-stores.fixture.js';

const minute = 60_000;

describe('a mailed code', () => {
  const testHost = mailHouse();

  it('signs in once, in the place of its request', async () => {
    const ann = await Reader.of(testHost);
    const pending = await ann.person.startsLogin();
    expect(await ann.asks(pending)).toEqual({ status: 'sent' });
    const code = ann.code();
    expect((await ann.answers(pending, code)).status).toBe('passed');
    expect(await ann.answers(pending, code)).toMatchObject({ status: 'refused', reason: 'used' });
    const next = await ann.person.startsLogin();
    expect(await ann.answers(next, code)).toMatchObject({ status: 'refused', reason: 'used' });
    expect(await testHost.eventNamesOf(ann.person.id)).toEqual(
      expect.arrayContaining(['challenge.sent', 'challenge.passed']),
    );
  });

  it('is mailed with purpose, time and origin, and is invalid after ten minutes', async () => {
    const ann = await Reader.of(testHost);
    const pending = await ann.person.startsLogin();
    await ann.asks(pending);
    expect(ann.mails().map(({ model }) => model['use'])).toEqual(['set-up', 'sign-in']);
    const at = testHost.clock.now();
    expect(ann.mails()[1]).toMatchObject({
      template: 'code',
      until: at + 10 * minute,
      model: { at, ip: '192.0.2.1', userAgent: 'Firefox', minutes: 10 },
    });
    const told = JSON.stringify(await testHost.eventsOf(ann.person.id));
    for (const { model } of ann.mails()) expect(told).not.toContain(model['code']);
  });

  it('is refused and counted in any other place: another login, a confirmation, another account', async () => {
    const [ann, bob] = [await Reader.of(testHost), await Reader.of(testHost)];
    const [first, second] = [await ann.person.startsLogin(), await ann.person.startsLogin()];
    await ann.asks(first);
    const code = ann.code();
    expect(await ann.answers(second, code)).toMatchObject({ reason: 'wrong', hint: { unsent: true } });
    expect(await ann.person.confirms(code)).toMatchObject({ status: 'refused', reason: 'wrong' });
    const his = await bob.person.startsLogin();
    await bob.asks(his);
    expect(await bob.answers(his, code)).toMatchObject({ status: 'refused', reason: 'wrong' });
    const [row] = await testHost.stores.attempts.read([`account:${ann.person.id}`]);
    expect(row?.misses).toBe(2);
    expect((await ann.answers(first, code)).status).toBe('passed');
  });

  it('is void after a newer one was sent', async () => {
    const ann = await Reader.of(testHost);
    const pending = await ann.person.startsLogin();
    await ann.asks(pending);
    const older = ann.code();
    testHost.clock.advance(minute);
    await ann.asks(pending);
    expect(await ann.answers(pending, older)).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });

  it('is valid for ten minutes', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    testHost.clock.advance(10 * minute - 1);
    expect((await ann.person.confirms(ann.code())).status).toBe('passed');
    await ann.asks();
    testHost.clock.advance(10 * minute);
    expect(await ann.person.confirms(ann.code())).toMatchObject({ hint: { unsent: true } });
  });

  it('is verified five times, and requesting another resets no count', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    const first = ann.code();
    for (let miss = 0; miss < 5; miss += 1) await ann.person.confirms(not(first));
    expect(await ann.person.confirms(first)).toMatchObject({ status: 'throttled' });
    expect(await ann.asks()).toMatchObject({ status: 'later', shut: true });
    testHost.clock.advance(minute);
    expect(await ann.person.confirms(first)).toMatchObject({ reason: 'wrong', hint: { unsent: true } });
    await ann.asks();
    const [row] = await testHost.stores.attempts.read([`account:${ann.person.id}`]);
    expect(row?.misses).toBe(6);
    expect((await ann.person.confirms(ann.code())).status).toBe('passed');
  });

  it('is void with everything begun before password, address or role changed', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    ann.person.changes();
    expect(await ann.person.confirms(ann.code())).toMatchObject({ reason: 'wrong' });
  });

  it('for a set-up is void with it, once the address has changed', async () => {
    const ann = new Person(testHost);
    const kind = testHost.registry.primary('email-code')!;
    const who = { ...(await ann.drafter()), scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, ann.origin);
    const [mail] = testHost.letterbox.mails(ann.account);
    ann.changes();
    const given = { proof: { code: String(mail?.model['code']) }, label: 'Mail' };
    const late = testHost.enrollment.confirm(await ann.drafter(), kind, given, ann.origin);
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('answered twenty times at once passes one step-up', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    const code = ann.code();
    const all = await Promise.all(Array.from({ length: 20 }, () => ann.person.confirms(code)));
    expect(all.filter(({ status }) => status === 'passed')).toHaveLength(1);
  });

  it('is stored nowhere in plain text', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    const code = ann.code().replace(' ', '');
    const of = { purpose: 'sent', accountId: ann.person.id } as const;
    const kept = await testHost.stores.tokens.list(of, testHost.clock.now());
    const { factors } = await ann.person.accountState();
    expect(JSON.stringify([kept, factors])).not.toContain(code);
  });
});

describe('mails with codes', () => {
  const testHost = mailHouse();
  const sends = async (reader: Reader, times: number, apart = minute) => {
    const all: string[] = [];
    for (let time = 0; time < times; time += 1) {
      all.push((await reader.asks()).status);
      testHost.clock.advance(apart);
    }
    return all.filter((status) => status === 'sent').length;
  };

  it('come a minute apart, for every requester and place', async () => {
    const ann = await Reader.of(testHost);
    const pending = await ann.person.startsLogin();
    const all = await Promise.all([ann.asks(pending), ann.asks(), ann.asks(pending), ann.asks()]);
    expect(all.filter(({ status }) => status === 'sent')).toHaveLength(1);
    testHost.clock.advance(minute - 1);
    expect(await ann.asks(pending)).toEqual({
      status: 'later',
      channel: 'mail',
      allowed: false,
      until: testHost.clock.now() + 1,
    });
    testHost.clock.advance(1);
    expect((await ann.asks(pending)).status).toBe('sent');
  });

  it('are five in any hour and ten in any day, including those of the set-up', async () => {
    const ann = await Reader.of(testHost);
    const [begun] = [testHost.clock.now() - minute];
    expect(await sends(ann, 20)).toBe(4);
    const hour = { status: 'later', channel: 'mail', allowed: false, until: begun + 60 * minute };
    expect(await ann.asks()).toEqual(hour);
    testHost.clock.set(hour.until);
    expect(await sends(ann, 30)).toBe(5);
    testHost.clock.advance(60 * minute);
    expect(await sends(ann, 5)).toBe(0);
    testHost.clock.set(begun + 24 * 60 * minute);
    expect(await sends(ann, 1)).toBe(1);
  });

  it('are not more in an hour across two', async () => {
    const ann = await Reader.of(testHost);
    testHost.clock.advance(55 * minute);
    expect(await sends(ann, 4)).toBe(4);
    testHost.clock.advance(2 * minute);
    expect(await sends(ann, 10)).toBe(1);
  });

  it('that cannot be sent leave everything unchanged', async () => {
    const ann = await Reader.of(testHost);
    await ann.asks();
    const before = ann.code();
    testHost.clock.advance(minute);
    testHost.letterbox.broken = new Error('no mail today');
    for (let time = 0; time < 12; time += 1) {
      await expect(ann.asks()).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 60 } });
      expect(await ann.asks()).toMatchObject({ status: 'later' });
      if (time === 2) expect((await ann.person.confirms(before)).status).toBe('passed');
      testHost.clock.advance(minute);
    }
    testHost.letterbox.broken = null;
    expect((await ann.asks()).status).toBe('sent');
    const sent = (await testHost.eventNamesOf(ann.person.id)).filter((name) => name === 'challenge.sent');
    expect(sent).toHaveLength(3);
  });

  it('without their event carry no valid code', async () => {
    const { stores } = brittleHost();
    const own = mailHouse({ stores });
    const ann = await Reader.of(own);
    stores.isMute = true;
    await expect(ann.asks()).rejects.toThrow('cannot be written');
    stores.isMute = false;
    expect(await ann.person.confirms(ann.code())).toMatchObject({ hint: { unsent: true } });
  });

  it('are only sent to accounts with the kind', async () => {
    const ann = await Reader.of(testHost);
    const posed = {
      account: ann.person.account,
      accountState: { ...(await ann.person.accountState()), factors: [] },
      place: { accountId: ann.person.id, key: 'k' },
    };
    for (const kind of ['email-code', 'totp', 'backup-codes', 'none', ''])
      await expect(testHost.codeDelivery.send(kind, posed, ann.person.origin)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  });
});
