import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('the data of events', () => {
  const testHost = new TestHost({
    skips: [{ name: 'friday', applies: async () => isFriday }],
  });
  let isFriday = false;

  /** The events of a person after those of their set-up. */
  const since = async (person: Person, skipped = 3) =>
    (await testHost.eventsOf(person.id))
      .slice(skipped)
      .map(({ name, data }) => [name.replace('two-factor.', ''), data]);
  const factorOf = async (person: Person, wanted: string) =>
    (await person.accountState()).factors.find(({ kind }) => kind === wanted)!;

  it('contains the new factor of a set-up and its name', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id: factorId } = await factorOf(ann, 'numbers');
    expect(await since(ann, 0)).toEqual([
      ['factor.enrolled', { kind: 'numbers', factorId, label: 'Phone' }],
      ['enabled', { kind: 'numbers', factorId, label: 'Phone' }],
      ['words.issued', { left: 5 }],
    ]);
  });

  it('contains the factor that was proved at a sign-in, or the reason for none', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id: factorId } = await factorOf(ann, 'numbers');
    await ann.signsInWith(ann.code());
    isFriday = true;
    await testHost.loginGate.admit({}, ann.account, ann.origin);
    isFriday = false;
    expect(await since(ann)).toEqual([
      ['challenge.required', { state: 'challenge' }],
      ['challenge.passed', { kind: 'numbers', factorId, label: 'Phone' }],
      ['challenge.skipped', { reason: 'friday' }],
    ]);
  });

  it('contains the kind and number of failures, and the end of the wait', async () => {
    const ann = await Person.protectedBy(testHost);
    const until = testHost.clock.now() + 60_000;
    await ann.signsInWith(WRONG_NUMBER);
    for (let i = 0; i < 4; i += 1) await ann.confirms(WRONG_NUMBER);
    const wrong = { kind: 'numbers', reason: 'wrong' };
    expect((await since(ann)).slice(1)).toEqual([
      ['challenge.failed', wrong],
      ...Array<unknown>(4).fill(['step-up.failed', wrong]),
      ['challenge.locked', { kind: 'numbers', misses: 5, until }],
    ]);
  });

  it('contains the factor of a step-up, and of a code that was used before', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id: factorId } = await factorOf(ann, 'numbers');
    const code = ann.code();
    await ann.confirms(code);
    await ann.confirms(code);
    await ann.signsInWith(code);
    const used = { kind: 'numbers', reason: 'used', factorId, label: 'Phone' };
    expect(await since(ann)).toEqual([
      ['step-up.passed', { kind: 'numbers', factorId, label: 'Phone' }],
      ['step-up.failed', used],
      ['challenge.required', { state: 'challenge' }],
      ['challenge.failed', used],
    ]);
  });

  it('names no factor where the answer fits two', async () => {
    const ann = new Person(testHost);
    for (const kind of [testHost.keys, testHost.keys]) await ann.enrolls(kind);
    const twins = (await ann.accountState()).factors.filter(({ kind }) => kind === 'keys');
    const [first, second] = twins.map((stored) => testHost.secretStorage.openFactor(stored));
    const { data } = first!;
    const sealed = testHost.secretStorage.sealFactor(data, twins[1]!);
    await testHost.stores.factors.update(twins[1]!, { sealed, lastUsedAt: testHost.clock.now() });
    testHost.clock.advance(60_000);
    await ann.signsInWith(testHost.keys.code(data));
    expect(second?.data).not.toEqual(data);
    expect((await since(ann)).at(-1)).toEqual(['challenge.passed', { kind: 'keys' }]);
  });

  it('has an id of its own for each wait, even if several begin at the same moment', async () => {
    const people = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    for (let i = 0; i < 5; i += 1) for (const person of people) await person.confirms(WRONG_NUMBER);
    const told = (await Promise.all(people.map((person) => testHost.eventsOf(person.id)))).flat();
    const ids = told.filter(({ name }) => name === 'two-factor.challenge.locked').map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    for (const { account } of people) expect(testHost.letterbox.to(account)).toEqual(['enabled', 'misses']);
  });

  it('contains the factor of a change, and the version for clearing the flag', async () => {
    const ann = await Person.protectedBy(testHost);
    const numbers = await factorOf(ann, 'numbers');
    const { id: factorId } = numbers;
    await testHost.factorRenaming.rename(ann.id, numbers, 'Old phone', ann.origin);
    await testHost.factorRemoval.remove(await ann.owner(), factorId, ann.origin);
    expect(await since(ann)).toEqual([
      ['factor.renamed', { kind: 'numbers', factorId, label: 'Old phone' }],
      ['factor.removed', { kind: 'numbers', factorId, label: 'Old phone' }],
      ['disabled', { version: 2 }],
    ]);
  });

  it('contains the mode, the reason and the account of a reset', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id: factorId } = await factorOf(ann, 'numbers');
    await testHost.admin.reset(ann.id, 'lost phone', { type: 'cli', id: 'root' });
    expect(await since(ann)).toEqual([
      ['factor.removed', { kind: 'numbers', factorId, label: 'Phone' }],
      ['disabled', { version: 2 }],
      ['reset', { mode: 'disable', reason: 'lost phone' }],
      ['brake.started', { cause: 'reset', until: testHost.clock.now() + 72 * 3_600_000 }],
    ]);
  });

  it('is in an envelope with actor, time and origin', async () => {
    const ann = await Person.protectedBy(testHost);
    const { actor, ip, userAgent } = ann.origin;
    const at = testHost.clock.now();
    await testHost.pendingLogins.skip(ann.id, 'why', { actor, ip, userAgent, requestId: 'r-1' });
    const [told] = (await testHost.eventsOf(ann.id)).slice(-1);
    expect(told).toEqual({
      ...{ id: told?.id, version: 1, name: 'two-factor.challenge.skipped', data: { reason: 'why' } },
      ...{ at, accountId: ann.id, actor, ip, userAgent, requestId: 'r-1' },
    });
    expect(told?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const mailed = testHost.letterbox.last(ann.account)?.model;
    const { id: factorId } = await factorOf(ann, 'numbers');
    expect(mailed).toEqual({ at: at - 60_000, ip, userAgent, kind: 'numbers', factorId, label: 'Phone' });
    expect(Number.parseInt(told!.id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
  });
});
