import { DamagedFactor } from '../common/errors.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp } from '../fixtures/acts.fixture.js';
import { PlainEncryption } from '../fixtures/ports.fixture.js';

/** Manual changes of the database that damage a person's rows. */
const damages: Record<string, (person: Person) => Promise<unknown>> = {
  'a primary factor has vanished': async ({ testHost, id }) => {
    const { factors } = await testHost.stores.factors.load(id);
    return testHost.stores.factors.remove(factors.find(({ kind }) => kind === 'numbers')!.id, id);
  },
  'all factors have vanished': async ({ testHost, id }) => {
    const { factors } = await testHost.stores.factors.load(id);
    for (const factor of factors) await testHost.stores.factors.remove(factor.id, id);
  },
  'the account row says that nothing is on': async ({ testHost, id }) => {
    const { set } = await testHost.stores.factors.load(id);
    return testHost.stores.factors.bumpVersion(id, set, 0);
  },
  'a factor is surplus': async ({ testHost, account }) =>
    testHost.stores.factors.insert(
      testHost.sets.newFactor(account, 'keys', 'planted', { secret: '1', last: 0 }),
    ),
  'a factor is of a kind that nobody knows': async ({ testHost, account }) =>
    testHost.stores.factors.insert(testHost.sets.newFactor(account, 'palm', 'planted', {})),
};

describe.each(Object.entries(damages))('when %s', (_what, damage) => {
  const alarms = async (person: Person) =>
    (await person.testHost.eventsOf(person.id)).filter(({ name }) => name === 'two-factor.alarm');

  it('does not admit a login, and raises the alarm', async () => {
    const ann = await Person.protectedBy(new TestHost());
    await damage(ann);
    const admitted = ann.testHost.loginGate.admit({}, ann.account, ann.origin);
    await expect(admitted).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    const [alarm, ...others] = await alarms(ann);
    expect(alarm?.data).toMatchObject({ kind: '', factorId: '', reason: expect.stringMatching(/rows/) });
    expect(others).toEqual([]);
  });

  it('does not accept the remaining factors for a login that was already pending', async () => {
    const ann = await Person.protectedBy(new TestHost());
    await damage(ann);
    const { account, origin, testHost } = ann;
    const bound = { account, accountState: await ann.accountState() };
    const pending = testHost.pendingLogins.prepare(bound, 'challenge');
    await testHost.pendingLogins.open(pending, ann.key, bound, origin);
    const found = (await testHost.pendingLogins.find({ ...pending, key: ann.key }))!;
    for (const code of [ann.words[1]!, ann.code()])
      await expect(ann.answers(found, code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await alarms(ann)).toHaveLength(1);
  });

  it('refuses step-ups, and a recent sign-in does not count as one without a factor', async () => {
    const ann = await Person.protectedBy(new TestHost());
    await damage(ann);
    await expect(ann.confirms(ann.words[0]!)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const who = await ann.browser(ann.key, ann.testHost.clock.now());
    expect(await ann.testHost.stepUpTokens.scope(who, setUp)).toBeNull();
    expect(await ann.testHost.statusReader.read(ann.id)).toMatchObject({ damaged: true });
  });

  it('a reset repairs it', async () => {
    const ann = await Person.protectedBy(new TestHost());
    await damage(ann);
    await ann.testHost.admin.reset(ann.id, 'damaged', { type: 'cli', id: 'root' });
    expect(await ann.accountState()).toMatchObject({ enabled: false, damaged: false, factors: [] });
    expect(await ann.enrolls()).toMatchObject({ status: 'enabled' });
  });
});

describe('a sealed text that cannot be trusted', () => {
  /** Replaces the sealed text of another row. */
  async function plant(into: Person, sealed: string): Promise<void> {
    const { factors } = await into.accountState();
    const row = factors.find(({ kind }) => kind === 'numbers')!;
    await into.testHost.stores.factors.update(row, { sealed, lastUsedAt: 0 });
  }

  it('from another account is refused, does not count as a failure, and raises the alarm', async () => {
    const testHost = new TestHost();
    const [ann, eve] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const own = (await eve.accountState()).factors.find(({ kind }) => kind === 'numbers')!;
    await plant(ann, own.sealed);
    for (let i = 0; i < 6; i += 1)
      await expect(ann.signsInWith(eve.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const alarm = (await testHost.eventsOf(ann.id)).find(({ name }) => name === 'two-factor.alarm');
    expect(alarm?.data).toMatchObject({ kind: 'numbers' });
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it.each(['', 'cut off', '{}'])('with the value %j is refused', async (sealed) => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    await plant(ann, sealed);
    await expect(ann.signsInWith(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    ['', 'not JSON'] as const,
    ['{"secret":', 'not JSON'] as const,
    ...['[]', 'null', '"text"'].map((text) => [text, 'not an object'] as const),
  ])('that opens to %j is damaged: %s', async (plain, sentence) => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const row = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers')!;
    const label = { purpose: 'factor', accountId: ann.id, id: row.id };
    const sealed = new PlainEncryption().seal(plain, label);
    const open = () => testHost.secretStorage.openFactor({ ...row, sealed });
    expect(open).toThrow(DamagedFactor);
    expect(open).toThrow(sentence);
  });

  it('from a draft does not work as a factor', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const row = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers')!;
    const sealed = testHost.secretStorage.sealToken(ann.secret, row);
    expect(() => testHost.secretStorage.openFactor({ ...row, sealed })).toThrow(DamagedFactor);
  });
});
