import { randomUUID } from 'node:crypto';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp } from '../fixtures/acts.fixture.js';

const minute = 60_000;
const wrongPassword = 'not the password';

describe('a step-up', () => {
  const testHost = new TestHost();
  const fresh = async (person: Person, minutes = 5, key = person.key) =>
    testHost.stepUpTokens.isFresh(await person.browser(key), minutes);

  it('counts 5 minutes for factors and 10 for other actions, and does not renew itself', async () => {
    const ann = await Person.protectedBy(testHost);
    const freshUntil = testHost.clock.now() + 5 * minute;
    expect(await ann.confirms(ann.code())).toEqual({ status: 'passed', freshUntil, left: undefined });
    testHost.clock.set(freshUntil - 1);
    expect(await fresh(ann)).toBe(true);
    testHost.clock.advance(1);
    expect([await fresh(ann, 5), await fresh(ann, 10)]).toEqual([false, true]);
    testHost.clock.advance(5 * minute - 1);
    expect(await fresh(ann, 10)).toBe(true);
    testHost.clock.advance(1);
    expect([await fresh(ann, 10), await fresh(ann, 60)]).toEqual([false, false]);
  });

  it('asks for the password first: a wrong one counts no failure and consumes no code', async () => {
    const ann = await Person.protectedBy(testHost);
    const looks = testHost.numbers.looks;
    for (const code of [WRONG_NUMBER, ann.code()])
      expect(await ann.confirms(code, wrongPassword)).toEqual({ status: 'password' });
    expect([testHost.numbers.looks, await fresh(ann)]).toEqual([looks, false]);
    for (let i = 0; i < 4; i += 1) await ann.signsInWith(WRONG_NUMBER);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('does not count passwords that could not be checked', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    own.directory.broken = new Error('the hash pool is full');
    for (let i = 0; i < 6; i += 1)
      await expect(ann.confirms(ann.code())).rejects.toThrow('the hash pool is full');
    own.directory.broken = null;
    expect((await ann.confirms(ann.code())).status).toBe('passed');
  });

  it('stops checking passwords after five wrong ones in five minutes of one session', async () => {
    const ann = await Person.protectedBy(testHost);
    const until = testHost.clock.now() + 5 * minute;
    for (let i = 0; i < 5; i += 1) await ann.confirms(WRONG_NUMBER, wrongPassword);
    testHost.clock.advance(minute);
    expect(await ann.confirms(ann.code())).toEqual({ status: 'password', until });
    testHost.clock.set(until);
    expect((await ann.confirms(ann.code())).status).toBe('passed');
  });

  it('needs only the factor at a host that checks no passwords', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    expect(own.passwordCheck.isAvailable).toBe(true);
    Object.assign(own.directory, { checkPassword: undefined });
    expect(own.passwordCheck.isAvailable).toBe(false);
    expect(await ann.confirms(WRONG_NUMBER, '')).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect((await ann.confirms(ann.code(), '')).status).toBe('passed');
  });

  it('emits an event, passed or failed, with the part that failed', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code(), wrongPassword);
    await ann.confirms(WRONG_NUMBER);
    await ann.confirms(ann.code());
    const told = (await testHost.eventsOf(ann.id)).slice(3).map(({ name, data }) => [name, data]);
    expect(told).toEqual([
      ['two-factor.step-up.failed', { kind: 'password', reason: 'wrong' }],
      ['two-factor.step-up.failed', { kind: 'numbers', reason: 'wrong' }],
      ['two-factor.step-up.passed', { kind: 'numbers', factorId: expect.any(String), label: 'Phone' }],
    ]);
  });

  it('can be passed with a recovery word, which is then consumed', async () => {
    const ann = await Person.protectedBy(testHost);
    const word = ann.words[0]!;
    expect(await ann.confirms(word)).toMatchObject({ status: 'passed', left: 4 });
    expect(await fresh(ann)).toBe(true);
    expect(await ann.confirms(word)).toMatchObject({ status: 'refused', reason: 'used' });
    expect(await ann.signsInWith(word)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('checks five wrong words of a session in ten minutes, and then no word', async () => {
    const ann = await Person.protectedBy(testHost);
    const until = testHost.clock.now() + 10 * minute;
    for (let i = 0; i < 5; i += 1)
      expect(await ann.confirms(WRONG_WORD)).toMatchObject({
        status: 'refused',
        reason: 'wrong',
        spent: false,
      });
    testHost.clock.advance(minute);
    const looks = testHost.words.looks;
    const right = await ann.confirms(ann.words[0]!);
    expect(right).toEqual({ status: 'throttled', kind: 'words', until });
    expect(right).toEqual(await ann.confirms(WRONG_WORD));
    expect(testHost.words.looks).toBe(looks);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
    testHost.clock.set(until);
    expect((await ann.confirms(ann.words[1]!)).status).toBe('passed');
  });

  it('resets the count of wrong words by a right word only', async () => {
    const ann = await Person.protectedBy(testHost);
    const missesFour = async () => {
      for (let i = 0; i < 4; i += 1) await ann.confirms(WRONG_WORD);
    };
    await missesFour();
    expect((await ann.confirms(ann.words[0]!)).status).toBe('passed');
    await missesFour();
    expect((await ann.confirms(ann.code())).status).toBe('passed');
    expect((await ann.confirms(WRONG_WORD)).status).toBe('refused');
    expect((await ann.confirms(ann.words[1]!)).status).toBe('throttled');
  });

  it('without a factor needs only the password', async () => {
    const ann = new Person(testHost);
    expect(await ann.confirms('', wrongPassword)).toEqual({ status: 'password' });
    expect(await fresh(ann)).toBe(false);
    expect((await ann.confirms('')).status).toBe('passed');
    expect(await fresh(ann)).toBe(true);
    const passed = (await testHost.eventsOf(ann.id)).at(-1);
    expect(passed).toMatchObject({ name: 'two-factor.step-up.passed', data: { kind: 'password' } });
  });

  it('of one session does not count for another', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code());
    for (const key of [randomUUID(), '', ann.key.toUpperCase()])
      expect(await fresh(ann, 10, key)).toBe(false);
  });

  it('of one account does not count for another in the same session', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    await ann.confirms(ann.code());
    expect(await fresh(bob, 10, ann.key)).toBe(false);
  });

  it.each<[string, (person: Person) => unknown]>([
    ['password, e-mail or role', (person) => person.changes()],
    ['factors in another session', (person) => person.elsewhere().enrolls(testHost.keys)],
    [
      'backup codes in another session',
      async (person) =>
        testHost.recoveryCodes.regenerate(
          await person.elsewhere().owner(),
          testHost.registry.recovery('words')!,
          person.origin,
        ),
    ],
    ['a reset', (person) => testHost.admin.reset(person.id, 'why', { type: 'cli', id: 'root' })],
  ])('is void after a change of %s', async (_what, change) => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code());
    expect(await fresh(ann)).toBe(true);
    await change(ann);
    expect(await fresh(ann)).toBe(false);
  });

  it('can be checked by the host’s own pages with the request', async () => {
    const ann = await Person.protectedBy(testHost);
    const request = {};
    expect(await testHost.stepUpTokens.contextOf(request)).toBeNull();
    testHost.sessions.admit(request, (await ann.browser()).session);
    const isFresh = async () =>
      testHost.stepUpTokens.isFresh((await testHost.stepUpTokens.contextOf(request))!, 10);
    expect(await isFresh()).toBe(false);
    await ann.confirms(ann.code());
    expect(await isFresh()).toBe(true);
  });
});

describe('without a step-up, a set-up may begin', () => {
  const testHost = new TestHost();

  it('for 5 minutes after a sign-in while there is no factor, and for the set-up only', async () => {
    const ann = new Person(testHost);
    const signedInAt = testHost.clock.now();
    const scope = async () => testHost.stepUpTokens.scope(await ann.browser(ann.key, signedInAt), setUp);
    testHost.clock.advance(5 * minute - 1);
    expect(await scope()).toBe('full');
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(ann.key, signedInAt), 10)).toBe(false);
    testHost.clock.advance(1);
    expect(await scope()).toBeNull();
  });

  it('not after a sign-in once there is a factor', async () => {
    const ann = await Person.protectedBy(testHost);
    expect(
      await testHost.stepUpTokens.scope(await ann.browser(ann.key, testHost.clock.now()), setUp),
    ).toBeNull();
  });

  it('for 10 minutes after a sign-in by a recovery word, to replace only', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.words[0]!);
    const scope = async (key = pending.key) => testHost.stepUpTokens.scope(await ann.browser(key), setUp);
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(pending.key), 10)).toBe(false);
    testHost.clock.advance(10 * minute - 1);
    expect([await scope(), await scope(randomUUID())]).toEqual(['replace', null]);
    testHost.clock.advance(1);
    expect(await scope()).toBeNull();
  });
});
