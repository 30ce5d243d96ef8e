import { anEvent } from '../../testing/contract/samples.js';
import { brittleHouse } from '../fixtures/brittle-stores.fixture.js';
import { CLAIM, PARKED_AT, type Outcome } from './hand-over.js';
import { House } from '../fixtures/house.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

/** A process that is killed right after each commit. */
function killedAfterCommit(): House {
  const house = new House();
  house.handOver.soon = () => undefined;
  return house;
}

describe('an event', () => {
  it('whose process is killed after the commit is handed over by another node, once its claim has ended', async () => {
    const house = killedAfterCommit();
    const ann = new Person(house);
    await ann.enrols();
    const other = house.anotherNode();
    house.clock.advance(CLAIM - 1);
    await other.sweep();
    expect(await house.news(ann.id)).toEqual([]);
    house.clock.advance(1);
    await other.sweep();
    expect((await house.news(ann.id)).sort()).toEqual(['backup-codes.issued', 'enabled', 'factor.enrolled']);
  });

  it('brings what a kill lost: sessions ended, the gate lowered, one mail', async () => {
    const house = killedAfterCommit();
    const ann = await Person.protectedBy(house);
    await house.removal.disable(await ann.owner(), ann.origin);
    house.sessions.ended.length = 0;
    expect(house.directory.raised.has(ann.id)).toBe(true);
    house.clock.advance(CLAIM);
    await house.anotherNode().sweep();
    expect(house.sessions.ended).toContainEqual({ accountId: ann.id, keepKey: ann.key, version: 2 });
    expect(house.directory.raised.has(ann.id)).toBe(false);
    expect(house.letterbox.to(ann.account)).toEqual(['enabled', 'disabled']);
  });

  it('is taken up by one of two nodes that sweep at once', async () => {
    const house = killedAfterCommit();
    const ann = new Person(house);
    await ann.enrols();
    house.clock.advance(CLAIM);
    let takes = 0;
    house.sink.take = async () => void (takes += 1);
    await Promise.all([house.anotherNode().sweep(), house.anotherNode().sweep()]);
    expect(takes).toBe(3);
  });

  it('that is refused comes again after growing waits, with the same id, and is parked at the tenth', async () => {
    const house = new House();
    const ann = new Person(house);
    const asked: string[] = [];
    const outcomes: Outcome[] = [];
    const take = house.sink.take.bind(house.sink);
    house.sink.take = (event) => (asked.push(event.id), take(event));
    house.handOver.onRefusal = (_event, outcome) => outcomes.push(outcome);
    house.sink.refuse(1_000);
    await ann.confirms('');
    await house.handOver.settled();
    for (let tries = 1; tries < PARKED_AT; tries += 1) {
      house.clock.advance(CLAIM * 2 ** (tries - 1) - 1);
      await house.handOver.sweep();
      expect(asked).toHaveLength(tries);
      house.clock.advance(1);
      await house.handOver.sweep();
      expect(asked).toHaveLength(tries + 1);
    }
    house.clock.advance(365 * 24 * 3_600_000);
    await house.handOver.sweep();
    expect([asked.length, new Set(asked).size]).toEqual([PARKED_AT, 1]);
    expect(outcomes).toEqual([...Array<Outcome>(9).fill('refused'), 'parked']);
  });

  it('comes again when its mail cannot be kept, and is mailed once', async () => {
    const house = new House();
    const ann = new Person(house);
    const send = house.letterbox.send.bind(house.letterbox);
    house.letterbox.send = async () => Promise.reject(new Error('no mail'));
    await ann.enrols();
    await house.handOver.settled();
    house.letterbox.send = send;
    for (let i = 0; i < 3; i += 1) {
      house.clock.advance(CLAIM);
      await house.handOver.sweep();
    }
    expect(house.letterbox.to(ann.account)).toEqual(['enabled']);
    expect(await house.news(ann.id)).toHaveLength(3);
  });

  it('of an account that is gone meanwhile is handed over, and mailed to nobody', async () => {
    const house = new House();
    const ann = new Person(house);
    const { account } = ann;
    await ann.enrols();
    ann.isSuspended();
    expect(await house.news(ann.id)).toHaveLength(3);
    house.clock.advance(CLAIM);
    expect(await house.stores.events.due(house.clock.now(), PARKED_AT, 100)).toEqual([]);
    expect(house.letterbox.to(account)).toEqual([]);
  });

  it('is handed over together with those of other requests, each in its order', async () => {
    const house = new House();
    const batches: string[][] = [];
    house.sink.takeAll = async (events) => void batches.push(events.map(({ name }) => name));
    house.sink.take = () => Promise.reject(new Error('taken twice'));
    await Promise.all([1, 2, 3].map(() => new Person(house).enrols()));
    await house.handOver.settled();
    expect(batches.flat()).toHaveLength(9);
    expect(batches.length).toBeLessThan(9);
    house.clock.advance(CLAIM);
    expect(await house.stores.events.due(house.clock.now(), PARKED_AT, 100)).toEqual([]);
  });

  it('that is refused holds up none of those handed over with it', async () => {
    const house = new House();
    const ann = new Person(house);
    const take = house.sink.take.bind(house.sink);
    const bad = (name: string) => name === 'two-factor.factor.enrolled';
    house.sink.take = async (event) => (bad(event.name) ? Promise.reject(new Error('no')) : take(event));
    await ann.enrols();
    await house.handOver.settled();
    expect((await house.news(ann.id)).sort()).toEqual(['backup-codes.issued', 'enabled']);
    house.sink.take = take;
    house.clock.advance(CLAIM);
    await house.handOver.sweep();
    expect(await house.news(ann.id)).toHaveLength(3);
  });

  it('that finds a thousand waiting is left to the sweep', async () => {
    const house = new House();
    let taken = 0;
    house.sink.takeAll = async (events) => void (taken += events.length);
    for (const length of [600, 600]) house.handOver.soon(Array.from({ length }, () => anEvent('ann')));
    await house.handOver.settled();
    expect(taken).toBe(1_000);
  });

  it('handed over is gone, and not handed over again', async () => {
    const house = new House();
    await new Person(house).enrols();
    await house.handOver.settled();
    house.clock.advance(CLAIM);
    expect(await house.stores.events.due(house.clock.now(), PARKED_AT, 100)).toEqual([]);
  });

  it('that was taken and cannot be marked as done comes again with the same id', async () => {
    const house = new House();
    const ann = new Person(house);
    const { events } = house.stores;
    const { done } = events;
    const asked: string[] = [];
    const take = house.sink.take.bind(house.sink);
    house.sink.take = (event) => (asked.push(event.id), take(event));
    const outcomes: Outcome[] = [];
    house.handOver.onRefusal = (_event, outcome) => outcomes.push(outcome);
    events.done = () => Promise.reject(new Error('no database'));
    await ann.confirms('');
    await house.handOver.settled();
    expect(outcomes).toEqual(['refused']);
    events.done = done;
    house.clock.advance(CLAIM);
    await house.handOver.sweep();
    house.clock.advance(CLAIM);
    await house.handOver.sweep();
    expect([asked.length, new Set(asked).size]).toEqual([2, 1]);
  });

  it('that cannot even be marked as refused is told of, and comes up again', async () => {
    const house = new House();
    const ann = new Person(house);
    const outcomes: Outcome[] = [];
    house.handOver.onRefusal = (_event, outcome) => outcomes.push(outcome);
    const { refused } = house.stores.events;
    house.stores.events.refused = () => Promise.reject(new Error('no database'));
    house.sink.refuse(1);
    await ann.confirms('');
    await house.handOver.settled();
    expect(outcomes).toEqual(['refused', 'refused']);
    house.stores.events.refused = refused;
    house.clock.advance(CLAIM);
    await house.handOver.sweep();
    expect(await house.news(ann.id)).toEqual(['step-up.passed']);
  });
});

describe('a change whose event cannot be written', () => {
  it('does not happen: no sign-in, no step-up, no set-up, no removal, no reset', async () => {
    const { house, stores } = brittleHouse();
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await ann.begins();
    const before = await ann.standing();
    stores.isMute = true;
    const attempts = [
      () => ann.answers(held, house.numbers.code({ secret: '101' })),
      () => ann.confirms(ann.words[0]!),
      () => ann.proves(ann.code()),
      async () => house.removal.disable(await ann.owner(), ann.origin),
      () => house.life.reset(ann.id, 'why', { type: 'cli', id: 'root' }),
      () => ann.parks(),
      () => ann.answers(held, WRONG_NUMBER),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('cannot be written');
    expect(await ann.standing()).toEqual(before);
    expect(await house.stepUps.fresh(await ann.browser(), 10)).toBe(false);
    stores.isMute = false;
    expect((await ann.answers(held, house.numbers.code({ secret: '101' }))).status).toBe('passed');
    expect((await ann.confirms(ann.words[0]!)).status).toBe('passed');
  });
});
