import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const minute = 60_000;

/** Gives wrong answers, each at a pending login of its own, and waits where it must. */
async function misses(person: Person, times: number): Promise<void> {
  const { clock } = person.testHost;
  for (let i = 0; i < times; i += 1) {
    const answer = await person.signsInWith(WRONG_NUMBER);
    expect(answer).toMatchObject({ status: 'refused', reason: 'wrong' });
    if ('locked' in answer && answer.locked) clock.set(answer.locked.until);
  }
}

describe('failures of an account', () => {
  const testHost = new TestHost();
  const wait = async (person: Person): Promise<number | null> => {
    const answer = await person.signsInWith(person.code());
    expect(answer.status).toBe('throttled');
    const until = answer.status === 'throttled' ? answer.until : -1;
    return until === null ? null : (until - testHost.clock.now()) / minute;
  };

  it('cause waits of 1, 5, 15, 60 and then always 240 minutes, after every fifth', async () => {
    const ann = await Person.protectedBy(testHost);
    for (const minutes of [1, 5, 15, 60, 240, 240]) {
      await misses(ann, 4);
      expect((await ann.signsInWith(WRONG_NUMBER)).status).toBe('refused');
      expect(await wait(ann)).toBe(minutes);
      testHost.clock.advance(minutes * minute - 1);
      expect((await ann.signsInWith(ann.code())).status).toBe('throttled');
      testHost.clock.advance(1);
    }
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('are counted over all pending logins, sessions and addresses together', async () => {
    const ann = await Person.protectedBy(testHost);
    for (const ip of ['198.51.100.1', '2001:db8::1']) {
      ann.ip = ip;
      await ann.signsInWith(WRONG_NUMBER);
      await ann.confirms(WRONG_NUMBER);
    }
    expect((await ann.signsInWith(WRONG_NUMBER)).status).toBe('refused');
    expect((await ann.confirms(ann.code())).status).toBe('throttled');
    expect((await ann.signsInWith(ann.code())).status).toBe('throttled');
  });

  it('are reset by a right answer', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 4);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    await misses(ann, 4);
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });

  it('do not affect other accounts', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    await misses(ann, 4);
    await ann.signsInWith(WRONG_NUMBER);
    expect((await bob.signsInWith(bob.code())).status).toBe('passed');
  });

  it('at a throttled account are not verified, and right and wrong answers look the same', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 4);
    await ann.signsInWith(WRONG_NUMBER);
    const [pending, looks] = [await ann.startsLogin(), testHost.numbers.looks];
    const right = await ann.answers(pending, ann.code());
    expect(right).toEqual(await ann.answers(pending, WRONG_NUMBER));
    expect(testHost.numbers.looks).toBe(looks);
  });

  it('keep their count when a password change ends their wait', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 4);
    await ann.signsInWith(WRONG_NUMBER);
    await testHost.admin.passwordChanged(ann.id);
    await misses(ann, 4);
    await ann.signsInWith(WRONG_NUMBER);
    expect(await wait(ann)).toBe(5);
  });

  it('block guessable kinds at a hundred, until a recovery word resets the count', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 100);
    testHost.clock.advance(365 * 24 * 60 * minute);
    expect(await wait(ann)).toBeNull();
    expect((await ann.confirms(ann.code())).status).toBe('throttled');
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('do not block a recovery word while the account waits', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 4);
    await ann.signsInWith(WRONG_NUMBER);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('are cleared by a reset', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 100);
    await testHost.admin.reset(ann.id, 'lost everything', { type: 'cli', id: 'root' });
    await ann.enrolls();
    testHost.clock.advance(minute);
    await misses(ann, 4);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('emit one event for each wait, and a mail at 5 and at 20', async () => {
    const ann = await Person.protectedBy(testHost);
    await misses(ann, 25);
    for (let i = 0; i < 3; i += 1) await ann.signsInWith(WRONG_NUMBER);
    const told = (await testHost.eventsOf(ann.id)).filter(
      ({ name }) => name === 'two-factor.challenge.locked',
    );
    expect(told.map(({ data }) => 'misses' in data && data.misses)).toEqual([5, 10, 15, 20, 25]);
    expect(testHost.letterbox.to(ann.account).filter((template) => template === 'misses')).toHaveLength(2);
  });
});

describe('a code that was used', () => {
  const testHost = new TestHost();

  it('costs nothing, however often it is sent', async () => {
    const ann = await Person.protectedBy(testHost);
    const code = ann.code();
    await ann.signsInWith(code);
    for (let i = 0; i < 12; i += 1)
      expect(await ann.signsInWith(code)).toMatchObject({ status: 'refused', reason: 'used' });
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });

  it('as the fifth after four failures starts no wait', async () => {
    const ann = await Person.protectedBy(testHost);
    const code = ann.code();
    await ann.signsInWith(code);
    await misses(ann, 4);
    await ann.signsInWith(code);
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });
});
