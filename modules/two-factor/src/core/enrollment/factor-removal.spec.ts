import { randomUUID } from 'node:crypto';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const testHost = new TestHost();
const factorOf = async (person: Person, name: string) =>
  (await person.accountState()).factors.find(({ kind }) => kind === name)!;
const remove = async (person: Person, id: string) =>
  testHost.factorRemoval.remove(await person.owner(), id, person.origin);
const sinceSetUp = async (person: Person) => (await testHost.eventNamesOf(person.id)).slice(3);

describe('removing a factor', () => {
  it('that is not the last leaves the account protected, with its recovery words', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    await remove(ann, (await factorOf(ann, 'keys')).id);
    const { set, factors, damaged } = await ann.accountState();
    expect([set.primaryCount, damaged]).toEqual([1, false]);
    expect(factors.map(({ kind }) => kind).sort()).toEqual(['numbers', 'words']);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.to(ann.account)).toContain('factor-removed');
  });

  it('that is the last removes the recovery words too, and clears the flag', async () => {
    const ann = await Person.protectedBy(testHost);
    await remove(ann, (await factorOf(ann, 'numbers')).id);
    expect(await ann.accountState()).toMatchObject({ enabled: false, damaged: false, factors: [] });
    expect(await sinceSetUp(ann)).toEqual(['factor.removed', 'disabled']);
    expect(testHost.directory.raised.has(ann.id)).toBe(false);
    expect(testHost.letterbox.to(ann.account)).toEqual(['enabled', 'disabled']);
    expect(await testHost.loginGate.admit({}, ann.account, ann.origin)).toMatchObject({
      outcome: 'admit',
      reason: 'unprotected',
    });
  });

  it('of another account, an unknown one or a recovery set is refused', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const foreign = await factorOf(bob, 'numbers');
    const words = await factorOf(ann, 'words');
    for (const id of [foreign.id, randomUUID(), words.id, ''])
      await expect(remove(ann, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await bob.accountState()).enabled).toBe(true);
  });

  it('in two tabs at once happens once', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const owner = await ann.owner();
    const ids = [await factorOf(ann, 'numbers'), await factorOf(ann, 'keys')].map(({ id }) => id);
    const both = await Promise.allSettled(
      ids.map((id) => testHost.factorRemoval.remove(owner, id, ann.origin)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ann.accountState()).toMatchObject({ set: { primaryCount: 1 }, damaged: false });
  });

  it('ends the other sessions', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    testHost.sessions.ended.length = 0;
    await remove(ann, (await factorOf(ann, 'keys')).id);
    expect(testHost.sessions.ended[0]).toMatchObject({ accountId: ann.id, keepKey: ann.key });
  });
});

describe('turning two-factor off', () => {
  it('a second time is refused', async () => {
    const ann = await Person.protectedBy(testHost);
    await testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    const again = testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await sinceSetUp(ann)).filter((name) => name === 'disabled')).toHaveLength(1);
  });

  it('and on again is not undone by a late side effect of the first change', async () => {
    const ann = await Person.protectedBy(testHost);
    testHost.sink.refuse(1_000);
    await testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.enrolls();
    await testHost.outboxRelay.settled();
    testHost.sink.refuse(0);
    testHost.clock.advance(60_000);
    await testHost.outboxRelay.sweep();
    expect(await testHost.eventNamesOf(ann.id)).toContain('disabled');
    expect(testHost.directory.raised.has(ann.id)).toBe(true);
  });
});

describe('a reset', () => {
  const cli = { type: 'cli', id: 'root' } as const;

  it('removes everything, ends every session, records the reason and mails the owner', async () => {
    const ann = await Person.protectedBy(testHost);
    testHost.sessions.ended.length = 0;
    expect(await testHost.admin.reset(ann.id, 'lost phone', cli)).toBe(true);
    expect(await ann.accountState()).toMatchObject({ enabled: false, factors: [] });
    expect(testHost.sessions.ended[0]).toMatchObject({ accountId: ann.id, keepKey: null });
    const reset = (await testHost.eventsOf(ann.id)).at(-2);
    expect(reset).toMatchObject({ name: 'two-factor.reset', actor: cli, data: { reason: 'lost phone' } });
    expect(testHost.letterbox.to(ann.account)).toEqual(['enabled', 'reset', 'brake-started']);
    expect(testHost.directory.raised.has(ann.id)).toBe(false);
  });

  it('of an account without factors does nothing, and of no account is refused', async () => {
    const ann = new Person(testHost);
    expect(await testHost.admin.reset(ann.id, 'why', cli)).toBe(false);
    expect(await testHost.eventNamesOf(ann.id)).toEqual([]);
    await expect(testHost.admin.reset(randomUUID(), 'why', cli)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an account that no longer exists', () => {
  it('is deleted without an event', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.startsLogin();
    const before = await testHost.eventNamesOf(ann.id);
    await testHost.admin.purge(ann.id);
    expect(await ann.accountState()).toMatchObject({ enabled: false, damaged: false, factors: [] });
    expect(await testHost.eventNamesOf(ann.id)).toEqual(before);
  });
});

describe('renaming a factor', () => {
  it('changes its name and not the protection', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    const factor = await factorOf(ann, 'numbers');
    const renamed = await testHost.factorRenaming.rename(ann.id, factor, 'Old phone', ann.origin);
    expect(renamed).toEqual({ id: factor.id, kind: 'numbers', label: 'Old phone' });
    expect(await factorOf(ann, 'numbers')).toEqual({ ...factor, label: 'Old phone' });
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
    expect(await testHost.eventNamesOf(ann.id)).toContain('factor.renamed');
  });

  it('of another account is refused', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const foreign = await factorOf(bob, 'numbers');
    for (const factor of [foreign, undefined])
      await expect(testHost.factorRenaming.rename(ann.id, factor, 'Mine', ann.origin)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    expect((await factorOf(bob, 'numbers')).label).toBe('Phone');
  });
});
