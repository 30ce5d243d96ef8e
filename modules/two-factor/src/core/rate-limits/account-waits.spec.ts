import { jest } from '@jest/globals';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { twoFactorLimits } from './limits.js';

const minute = 60_000;
const operator = { type: 'cli', id: 'root' } as const;
const testHost = new TestHost();

/** A person with this many wrong codes in a row, who waits where they must. */
async function guessed(times: number): Promise<Person> {
  const person = await Person.protectedBy(testHost);
  for (let i = 0; i < times; i += 1) {
    const { wait } = await testHost.statusReader.read(person.id);
    testHost.clock.set(wait.until ?? testHost.clock.now());
    await person.signsInWith(WRONG_NUMBER);
  }
  return person;
}

const status = async ({ id }: Person) => (await testHost.statusReader.read(id)).wait;
const unlock = ({ id }: Person, reason = 'ticket 8') => testHost.admin.unlock(id, reason, operator);
const unlocked = async ({ id }: Person) =>
  (await testHost.eventsOf(id)).filter(({ name }) => name === 'two-factor.unlocked');

describe('an account that has to wait', () => {
  it('shows failed codes, and no wait before the fifth', async () => {
    expect(await status(await guessed(4))).toEqual({ failed: 4, until: null, stopped: false });
  });

  it('shows the end of its wait, and no longer once it has passed', async () => {
    const ann = await guessed(5);
    const until = testHost.clock.now() + minute;
    expect(await status(ann)).toEqual({ failed: 5, until, stopped: false });
    testHost.clock.set(until);
    expect(await status(ann)).toEqual({ failed: 5, until: null, stopped: false });
  });

  it('shows a full stop, which has no end', async () => {
    expect(await status(await guessed(100))).toEqual({ failed: 100, until: null, stopped: true });
  });

  it.each([5, 100])('lets its owner in at once after an unlock: %d wrong codes', async (times) => {
    const ann = await guessed(times);
    expect((await ann.signsInWith(ann.code())).status).toBe('throttled');
    expect(await unlock(ann)).toBe(true);
    expect(await status(ann)).toEqual({ failed: 0, until: null, stopped: false });
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('is unlocked once: the second time nothing is recorded and nothing is mailed', async () => {
    const ann = await guessed(5);
    expect([await unlock(ann), await unlock(ann)]).toEqual([true, false]);
    const [event, ...more] = await unlocked(ann);
    expect(event).toMatchObject({ actor: operator, data: { reason: 'ticket 8', misses: 5 } });
    expect(more).toEqual([]);
    expect(testHost.letterbox.to(ann.account).filter((name) => name === 'unlocked')).toHaveLength(1);
  });

  it('is unlocked once by two operators at the same moment', async () => {
    const ann = await guessed(5);
    await Promise.all([unlock(ann), unlock(ann)]);
    expect(new Set((await unlocked(ann)).map(({ id }) => id)).size).toBe(1);
    expect(testHost.letterbox.to(ann.account).filter((name) => name === 'unlocked')).toHaveLength(1);
  });

  it('is not unlocked without a reason', async () => {
    const ann = await guessed(5);
    for (const reason of ['', ' \n'])
      await expect(unlock(ann, reason)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await status(ann)).until).not.toBeNull();
  });

  it('is not unlocked by another account’s unlock, and an unknown account is refused', async () => {
    const [ann, bob] = [await guessed(10), await guessed(5)];
    await unlock(bob);
    expect((await status(ann)).until).not.toBeNull();
    await expect(testHost.admin.unlock('nobody', 'ticket 8', operator)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('may start set-ups again after an unlock', async () => {
    const ann = new Person(testHost);
    const starts = async () => {
      await ann.begins(testHost.numbers);
      ann.changes();
    };
    for (let i = 0; i < twoFactorLimits['set-up-starts'].limit; i += 1) await starts();
    await expect(starts()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(await unlock(ann)).toBe(true);
    await starts();
  });

  it('that never failed has nothing to unlock', async () => {
    const ann = await guessed(3);
    expect(await unlock(ann)).toBe(false);
    expect(await status(ann)).toMatchObject({ failed: 3 });
  });
});

describe('an account that waits after wrong passwords', () => {
  it('is let in by an unlock, with one event and one mail, and not twice', async () => {
    const ann = await Person.protectedBy(testHost);
    testHost.directory.passwordWaits.set(ann.id, testHost.clock.now() + minute);
    expect([await unlock(ann), await unlock(ann)]).toEqual([true, false]);
    expect(testHost.directory.passwordWaits.has(ann.id)).toBe(false);
    expect(await unlocked(ann)).toMatchObject([{ data: { reason: 'ticket 8', misses: 0 } }]);
    expect(testHost.letterbox.to(ann.account).filter((name) => name === 'unlocked')).toHaveLength(1);
  });

  it('is unlocked after all when the process was killed between the event and the end of the wait', async () => {
    const ann = await Person.protectedBy(testHost);
    testHost.directory.passwordWaits.set(ann.id, testHost.clock.now() + minute);
    const killed = jest
      .spyOn(testHost.directory, 'endPasswordWaits')
      .mockRejectedValueOnce(new Error('killed'));
    await unlock(ann).catch(() => undefined);
    await testHost.outboxRelay.settled();
    expect(killed.mock.calls.length).toBeGreaterThan(1);
    expect(testHost.directory.passwordWaits.has(ann.id)).toBe(false);
    killed.mockRestore();
  });

  it('has nothing to unlock once the wait is over, or where the host knows no waits', async () => {
    const ann = await Person.protectedBy(testHost);
    testHost.directory.passwordWaits.set(ann.id, testHost.clock.now());
    expect(await unlock(ann)).toBe(false);
  });
});
