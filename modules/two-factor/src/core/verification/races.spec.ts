import { brittleHost } from '../fixtures/brittle-stores.fixture.js';
import type { Verdict } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { VerificationResult } from './verification-service.js';

/** Answers to pending logins of their own, all at the same moment. */
async function atOnce(person: Person, codes: readonly string[]): Promise<VerificationResult[]> {
  const helds = [];
  for (const code of codes) helds.push({ pending: await person.startsLogin(), code });
  return Promise.all(helds.map(({ pending, code }) => person.answers(pending, code)));
}

const count = (answers: readonly VerificationResult[], status: string): number =>
  answers.filter((answer) => answer.status === status).length;

describe('at the same moment', () => {
  it('one right code sent to 20 pending logins signs in exactly once, and leaves no failure', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const answers = await atOnce(ann, Array<string>(20).fill(ann.code()));
    expect(count(answers, 'passed')).toBe(1);
    const [misses] = await testHost.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0, waitsUntil: 0 });
    expect((await testHost.eventNamesOf(ann.id)).filter((name) => name === 'challenge.passed')).toHaveLength(
      1,
    );
  });

  it('one recovery word sent to 20 pending logins signs in exactly once, and consumes one word', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const answers = await atOnce(ann, Array<string>(20).fill(ann.words[0]!));
    expect(count(answers, 'passed')).toBe(1);
    expect((await testHost.statusReader.read(ann.id)).left).toEqual({ wordsLeft: 4 });
  });

  it('all five words sent to five pending logins sign in five times', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    expect(count(await atOnce(ann, ann.words), 'passed')).toBe(5);
    expect((await testHost.statusReader.read(ann.id)).left).toEqual({ wordsLeft: 0 });
  });

  it('30 wrong codes are verified five times', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const looks = testHost.numbers.looks;
    const answers = await atOnce(ann, Array<string>(30).fill(WRONG_NUMBER));
    expect([count(answers, 'refused'), count(answers, 'throttled')]).toEqual([5, 25]);
    expect(testHost.numbers.looks - looks).toBe(5);
    const locked = (await testHost.eventNamesOf(ann.id)).filter((name) => name === 'challenge.locked');
    expect(locked).toHaveLength(1);
  });

  it('30 wrong words to one pending login are verified five times', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    const looks = testHost.words.looks;
    const answers = await Promise.all(Array.from({ length: 30 }, () => ann.answers(pending, WRONG_WORD)));
    expect([testHost.words.looks - looks, count(answers, 'refused')]).toEqual([5, 5]);
    const until = testHost.clock.now() + 60_000;
    const others = answers.filter(({ status }) => status !== 'refused');
    expect(others).toEqual(Array(25).fill({ status: 'throttled', kind: 'words', until }));
  });

  it('a code at a sign-in and the same code at a step-up count once', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    const [answer, confirmed] = await Promise.all([
      ann.answers(pending, ann.code()),
      ann.confirms(ann.code()),
    ]);
    expect([answer.status, confirmed.status].sort()).toEqual(['passed', 'refused']);
  });
});

describe('a right code that loses races', () => {
  async function losing(losses: number) {
    const { testHost, stores } = brittleHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    const looks = testHost.numbers.looks;
    stores.losses = losses;
    const answer = ann.answers(pending, ann.code());
    return { testHost, ann, answer, pending, looks: () => testHost.numbers.looks - looks };
  }

  it('is verified again each time, and never refused because it was slower', async () => {
    const { answer, looks } = await losing(11);
    expect((await answer).status).toBe('passed');
    expect(looks()).toBe(12);
  });

  it('is void where the account has changed', async () => {
    const { testHost, stores } = brittleHost();
    const ann = await Person.protectedBy(testHost);
    const { verify } = testHost.numbers;
    testHost.numbers.verify = async (record, proof) => {
      await testHost.recoveryCodes.regenerate(
        await ann.owner(),
        testHost.registry.recovery('words')!,
        ann.origin,
      );
      stores.losses = 1;
      return verify.call(testHost.numbers, record, proof);
    };
    expect(await ann.confirms(ann.code())).toEqual({ status: 'void' });
    testHost.numbers.verify = verify;
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(), 10)).toBe(false);
    expect((await ann.confirms(ann.code())).status).toBe('passed');
  });

  it('gets the answer “try again” after twelve races, without a failure', async () => {
    const { answer, ann, testHost, pending } = await losing(12);
    await expect(answer).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 1 } });
    const [misses] = await testHost.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0 });
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });
});

describe('an answer that matches several factors of a kind', () => {
  it('advances all of them, so that it cannot be used on the next one', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const first = ann.secret;
    await ann.enrolls(testHost.keys);
    const keys = (await ann.accountState()).factors.filter(({ kind }) => kind === 'keys');
    for (const key of keys) {
      const sealed = testHost.secretStorage.sealFactor({ ...first, last: 0 }, key);
      await testHost.stores.factors.update(key, { sealed, lastUsedAt: 0 });
    }
    const code = testHost.keys.code(first);
    expect((await ann.answers(await ann.startsLogin(), code, 'keys')).status).toBe('passed');
    expect(await ann.answers(await ann.startsLogin(), code, 'keys')).toMatchObject({ reason: 'used' });
  });

  it('and was used on one of them is refused as used, and counts no failure', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const secrets = [];
    for (let i = 0; i < 2; i += 1) {
      testHost.clock.advance(60_000);
      await ann.enrolls(testHost.keys);
      secrets.push(ann.secret);
    }
    testHost.clock.advance(60_000);
    for (const secret of secrets) {
      const code = testHost.keys.code(secret);
      expect((await ann.answers(await ann.startsLogin(), code, 'keys')).status).toBe('passed');
      expect(await ann.answers(await ann.startsLogin(), code, 'keys')).toMatchObject({ reason: 'used' });
    }
    const [misses] = await testHost.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0 });
  });

  it('and is a copy’s to one of them is refused as copied', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    await ann.enrolls(testHost.keys);
    const said: Verdict[] = [
      { ok: false, reason: 'copied' },
      { ok: false, reason: 'wrong' },
    ];
    testHost.keys.verify = async () => said.shift()!;
    expect(await ann.answers(await ann.startsLogin(), WRONG_NUMBER, 'keys')).toMatchObject({
      reason: 'copied',
    });
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.to(ann.account)).toContain('copied');
  });

  it('and to none of them is one failure', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    await ann.enrolls(testHost.keys);
    await ann.answers(await ann.startsLogin(), WRONG_NUMBER, 'keys');
    const [misses] = await testHost.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 1 });
  });
});
