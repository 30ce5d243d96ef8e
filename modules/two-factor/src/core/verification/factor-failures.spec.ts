import { Busy, DamagedFactor, VerifierFailed } from '../common/errors.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('a verifier that fails', () => {
  it.each([
    ['a defect', new TypeError('oops'), {}, 0],
    ['too much to do', new Busy('later'), { retryAfter: 10 }, 0],
    ['damaged data', new DamagedFactor('cut'), {}, 1],
  ])('for %s accepts no answer and counts no failure', async (_what, failure, extra, alarms) => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    testHost.numbers.failure = failure;
    const answered = ann.answers(pending, ann.code());
    await expect(answered).rejects.toMatchObject({ code: 'UNAVAILABLE', extra, cause: { cause: failure } });
    await expect(answered).rejects.toHaveProperty('cause', expect.any(VerifierFailed));
    for (let i = 0; i < 8; i += 1) await expect(ann.answers(pending, WRONG_NUMBER)).rejects.toThrow();
    await expect(ann.confirms(WRONG_NUMBER)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    testHost.numbers.failure = null;
    const told = await testHost.eventNamesOf(ann.id);
    expect(told.filter((name) => name === 'alarm')).toHaveLength(alarms);
    expect(told).not.toContain('challenge.failed');
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });

  it('for damaged data raises the alarm again an hour later, and for another account at once', async () => {
    const testHost = new TestHost();
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    testHost.numbers.failure = new DamagedFactor('cut');
    const alarms = async (person: Person) =>
      (await testHost.eventNamesOf(person.id)).filter((name) => name === 'alarm').length;
    const tries = async (person: Person) => {
      for (let i = 0; i < 5; i += 1) await expect(person.signsInWith(person.code())).rejects.toThrow();
      return alarms(person);
    };
    expect([await tries(ann), await tries(bob)]).toEqual([1, 1]);
    testHost.clock.advance(60 * 60_000 - 1);
    expect(await tries(ann)).toBe(1);
    testHost.clock.advance(1);
    expect(await tries(ann)).toBe(2);
  });

  it('raises the alarm the next time where its event could not be written', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    testHost.numbers.failure = new DamagedFactor('cut');
    const transaction = testHost.stores.transaction.bind(testHost.stores);
    testHost.stores.transaction = (work) =>
      transaction(async (stores) => {
        await work(stores);
        throw new Error('rolled back');
      });
    await expect(ann.answers(pending, ann.code())).rejects.toThrow('rolled back');
    testHost.stores.transaction = transaction;
    await expect(ann.answers(pending, ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await testHost.eventNamesOf(ann.id)).filter((name) => name === 'alarm')).toHaveLength(1);
  });

  it('refunds the attempt of the pending login, and of the session at a step-up', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    testHost.words.failure = new Busy('later');
    for (let i = 0; i < 7; i += 1) {
      await expect(ann.answers(pending, ann.words[0]!)).rejects.toThrow();
      await expect(ann.confirms(ann.words[0]!)).rejects.toThrow();
    }
    testHost.words.failure = null;
    expect((await ann.answers(pending, ann.words[0]!)).status).toBe('passed');
    expect((await ann.confirms(ann.words[1]!)).status).toBe('passed');
  });

  it('at a set-up turns nothing on, and counts no attempt', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    await ann.begins();
    testHost.numbers.failure = new TypeError('oops');
    for (let i = 0; i < 12; i += 1)
      await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await ann.accountState()).enabled).toBe(false);
    testHost.numbers.failure = new DamagedFactor('cut');
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await testHost.eventsOf(ann.id)).toMatchObject([
      { name: 'two-factor.alarm', data: { kind: 'numbers', reason: 'cut' } },
    ]);
    testHost.numbers.failure = null;
    expect(await ann.proves(ann.code())).toMatchObject({ status: 'enabled' });
  });
});

describe('damaged data outside of a verifier', () => {
  it('is refused, and raises the alarm of its account, where there is one', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const failure = new DamagedFactor('cut');
    const problem = await testHost.factorFailures.problemFor(failure, {
      accountId: ann.id,
      origin: ann.origin,
    });
    expect(problem).toMatchObject({ code: 'UNAVAILABLE', extra: {}, cause: failure });
    expect(await testHost.eventsOf(ann.id)).toMatchObject([
      { data: { kind: '', factorId: '', reason: 'cut' } },
    ]);
    expect(await testHost.factorFailures.problemFor(failure)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(testHost.sink.events).toHaveLength(1);
  });

  it('and a full queue contain a time to try again', async () => {
    const problem = await new TestHost().factorFailures.problemFor(new Busy('later'));
    expect(problem).toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 10 } });
    expect(problem.message).toMatch(/Nothing was counted/);
  });
});
