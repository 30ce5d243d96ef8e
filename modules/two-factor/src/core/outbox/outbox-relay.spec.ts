import type { DeliveryOutcome } from 'typeorm-unit-of-work/outbox';
import { anEvent } from '../../testing/contract/samples.js';
import { brittleHost } from '../fixtures/brittle-stores.fixture.js';
import { CLAIM, DEAD_LETTER_AFTER } from './outbox-relay.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

/** A process that is killed right after each commit. */
function killedAfterCommit(): TestHost {
  const testHost = new TestHost();
  testHost.outboxRelay.enqueue = () => undefined;
  return testHost;
}

describe('an event', () => {
  it('of a process that was killed after the commit is delivered by another node, once its claim has ended', async () => {
    const testHost = killedAfterCommit();
    const ann = new Person(testHost);
    await ann.enrolls();
    const other = testHost.anotherNode();
    testHost.clock.advance(CLAIM - 1);
    await other.sweep();
    expect(await testHost.eventNamesOf(ann.id)).toEqual([]);
    testHost.clock.advance(1);
    await other.sweep();
    expect((await testHost.eventNamesOf(ann.id)).sort()).toEqual([
      'enabled',
      'factor.enrolled',
      'words.issued',
    ]);
  });

  it('repeats the side effects that a killed process lost: sessions ended, the flag cleared, one mail', async () => {
    const testHost = killedAfterCommit();
    const ann = await Person.protectedBy(testHost);
    await testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    testHost.sessions.ended.length = 0;
    expect(testHost.directory.raised.has(ann.id)).toBe(true);
    testHost.clock.advance(CLAIM);
    await testHost.anotherNode().sweep();
    expect(testHost.sessions.ended).toContainEqual({ accountId: ann.id, keepKey: ann.key, version: 2 });
    expect(testHost.directory.raised.has(ann.id)).toBe(false);
    expect(testHost.letterbox.to(ann.account)).toEqual(['enabled', 'disabled']);
  });

  it('is claimed by one of two nodes that sweep at once', async () => {
    const testHost = killedAfterCommit();
    const ann = new Person(testHost);
    await ann.enrolls();
    testHost.clock.advance(CLAIM);
    let takes = 0;
    testHost.sink.store = async () => void (takes += 1);
    await Promise.all([testHost.anotherNode().sweep(), testHost.anotherNode().sweep()]);
    expect(takes).toBe(3);
  });

  it('that fails is delivered again after growing waits, with the same id, and is parked at the tenth failure', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const asked: string[] = [];
    const outcomes: DeliveryOutcome[] = [];
    const take = testHost.sink.store.bind(testHost.sink);
    testHost.sink.store = (event) => (asked.push(event.id), take(event));
    testHost.outboxRelay.onFailure = (_event, outcome) => outcomes.push(outcome);
    testHost.sink.refuse(1_000);
    await ann.confirms('');
    await testHost.outboxRelay.settled();
    for (let tries = 1; tries < DEAD_LETTER_AFTER; tries += 1) {
      testHost.clock.advance(CLAIM * 2 ** (tries - 1) - 1);
      await testHost.outboxRelay.sweep();
      expect(asked).toHaveLength(tries);
      testHost.clock.advance(1);
      await testHost.outboxRelay.sweep();
      expect(asked).toHaveLength(tries + 1);
    }
    testHost.clock.advance(365 * 24 * 3_600_000);
    await testHost.outboxRelay.sweep();
    expect([asked.length, new Set(asked).size]).toEqual([DEAD_LETTER_AFTER, 1]);
    expect(outcomes).toEqual([...Array<DeliveryOutcome>(9).fill('refused'), 'parked']);
  });

  it('is delivered again when its mail cannot be stored, and is mailed once', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const send = testHost.letterbox.send.bind(testHost.letterbox);
    testHost.letterbox.send = async () => Promise.reject(new Error('no mail'));
    await ann.enrolls();
    await testHost.outboxRelay.settled();
    testHost.letterbox.send = send;
    for (let i = 0; i < 3; i += 1) {
      testHost.clock.advance(CLAIM);
      await testHost.outboxRelay.sweep();
    }
    expect(testHost.letterbox.to(ann.account)).toEqual(['enabled']);
    expect(await testHost.eventNamesOf(ann.id)).toHaveLength(3);
  });

  it('of an account that no longer exists is delivered, and not mailed', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const { account } = ann;
    await ann.enrolls();
    ann.isSuspended();
    expect(await testHost.eventNamesOf(ann.id)).toHaveLength(3);
    testHost.clock.advance(CLAIM);
    expect(await testHost.stores.events.findDue(testHost.clock.now(), DEAD_LETTER_AFTER, 100)).toEqual([]);
    expect(testHost.letterbox.to(account)).toEqual([]);
  });

  it('is delivered together with those of other requests, each in its order', async () => {
    const testHost = new TestHost();
    const batches: string[][] = [];
    testHost.sink.storeAll = async (events) => void batches.push(events.map(({ name }) => name));
    testHost.sink.store = () => Promise.reject(new Error('taken twice'));
    await Promise.all([1, 2, 3].map(() => new Person(testHost).enrolls()));
    await testHost.outboxRelay.settled();
    expect(batches.flat()).toHaveLength(9);
    expect(batches.length).toBeLessThan(9);
    testHost.clock.advance(CLAIM);
    expect(await testHost.stores.events.findDue(testHost.clock.now(), DEAD_LETTER_AFTER, 100)).toEqual([]);
  });

  it('that fails does not delay the others of its batch', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const take = testHost.sink.store.bind(testHost.sink);
    const bad = (name: string) => name === 'two-factor.factor.enrolled';
    testHost.sink.store = async (event) => (bad(event.name) ? Promise.reject(new Error('no')) : take(event));
    await ann.enrolls();
    await testHost.outboxRelay.settled();
    expect((await testHost.eventNamesOf(ann.id)).sort()).toEqual(['enabled', 'words.issued']);
    testHost.sink.store = take;
    testHost.clock.advance(CLAIM);
    await testHost.outboxRelay.sweep();
    expect(await testHost.eventNamesOf(ann.id)).toHaveLength(3);
  });

  it('that finds a thousand in the queue is left to the sweep', async () => {
    const testHost = new TestHost();
    let taken = 0;
    testHost.sink.storeAll = async (events) => void (taken += events.length);
    for (const length of [600, 600])
      testHost.outboxRelay.enqueue(Array.from({ length }, () => anEvent('ann')));
    await testHost.outboxRelay.settled();
    expect(taken).toBe(1_000);
  });

  it('that was delivered is deleted, and not delivered again', async () => {
    const testHost = new TestHost();
    await new Person(testHost).enrolls();
    await testHost.outboxRelay.settled();
    testHost.clock.advance(CLAIM);
    expect(await testHost.stores.events.findDue(testHost.clock.now(), DEAD_LETTER_AFTER, 100)).toEqual([]);
  });

  it('that was delivered and cannot be deleted is delivered again with the same id', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const { events } = testHost.stores;
    const { markDelivered: done } = events;
    const asked: string[] = [];
    const take = testHost.sink.store.bind(testHost.sink);
    testHost.sink.store = (event) => (asked.push(event.id), take(event));
    const outcomes: DeliveryOutcome[] = [];
    testHost.outboxRelay.onFailure = (_event, outcome) => outcomes.push(outcome);
    events.markDelivered = () => Promise.reject(new Error('no database'));
    await ann.confirms('');
    await testHost.outboxRelay.settled();
    expect(outcomes).toEqual(['refused']);
    events.markDelivered = done;
    testHost.clock.advance(CLAIM);
    await testHost.outboxRelay.sweep();
    testHost.clock.advance(CLAIM);
    await testHost.outboxRelay.sweep();
    expect([asked.length, new Set(asked).size]).toEqual([2, 1]);
  });

  it('with a failure that cannot be stored is reported, and is due again', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    const outcomes: DeliveryOutcome[] = [];
    testHost.outboxRelay.onFailure = (_event, outcome) => outcomes.push(outcome);
    const { markFailed: refused } = testHost.stores.events;
    testHost.stores.events.markFailed = () => Promise.reject(new Error('no database'));
    testHost.sink.refuse(1);
    await ann.confirms('');
    await testHost.outboxRelay.settled();
    expect(outcomes).toEqual(['refused', 'refused']);
    testHost.stores.events.markFailed = refused;
    testHost.clock.advance(CLAIM);
    await testHost.outboxRelay.sweep();
    expect(await testHost.eventNamesOf(ann.id)).toEqual(['step-up.passed']);
  });
});

describe('a change with an event that cannot be written', () => {
  it('is rolled back: no sign-in, no step-up, no set-up, no removal, no reset', async () => {
    const { testHost, stores } = brittleHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.begins();
    const before = await ann.accountState();
    stores.isMute = true;
    const attempts = [
      () => ann.answers(pending, testHost.numbers.code({ secret: '101' })),
      () => ann.confirms(ann.words[0]!),
      () => ann.proves(ann.code()),
      async () => testHost.factorRemoval.disable(await ann.owner(), ann.origin),
      () => testHost.admin.reset(ann.id, 'why', { type: 'cli', id: 'root' }),
      () => ann.startsLogin(),
      () => ann.answers(pending, WRONG_NUMBER),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('cannot be written');
    expect(await ann.accountState()).toEqual(before);
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(), 10)).toBe(false);
    stores.isMute = false;
    expect((await ann.answers(pending, testHost.numbers.code({ secret: '101' }))).status).toBe('passed');
    expect((await ann.confirms(ann.words[0]!)).status).toBe('passed');
  });
});
