import { randomBytes } from 'node:crypto';
import { KeyRing, type RingKey } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';
import { TestHost } from './core/fixtures/test-host.fixture.js';
import { KeyReports } from './core/encryption/key-reports.js';
import { Person } from './core/fixtures/person.fixture.js';
import { KeyRotation } from './core/encryption/key-rotation.js';
import type { SealedStore } from './core/contracts/stores/sealed.store.js';

const keyOf = (id: string): RingKey => ({ id, bytes: randomBytes(32) });
const [old, fresh] = [keyOf('old'), keyOf('new')];
const actor = { type: 'cli', id: 'root' } as const;

/** A node that still seals under the old key, and the operator's process, which seals under the new one. */
function nodes(...others: RingKey[]) {
  const testHost = new TestHost({ box: new KeyRingSecretBox(new KeyRing(old, fresh, ...others)) });
  const box = new KeyRingSecretBox(new KeyRing(fresh, old, ...others));
  const operator = (stores: readonly SealedStore[] = testHost.stores.sealed) =>
    new KeyReports(stores, box, new KeyRotation(stores, box, testHost.transactions));
  return { testHost, operator };
}

/** The stores, with `happens` called just before each of the first `times` compare-and-sets. */
function interrupted({ stores }: TestHost, times: number, happens: () => Promise<unknown>): SealedStore[] {
  let left = times;
  const replace: SealedStore['replace'] = async function (this: SealedStore, value, sealed) {
    if (left-- > 0) await happens();
    return (Object.getPrototypeOf(this) as SealedStore).replace.call(this, value, sealed);
  };
  return stores.sealed.map((store) => Object.create(store, { replace: { value: replace } }) as SealedStore);
}

const countsOf = async (keys: KeyReports) => {
  const report = await keys.report();
  return Object.fromEntries(report.keys.map(({ id, sealed }) => [id, sealed]));
};

/** A person with a factor and codes, whose codes are saved: nothing else of the set-up is kept. */
async function ownerIn(testHost: TestHost): Promise<Person> {
  const person = await Person.protectedBy(testHost);
  await testHost.stores.tokens.discard(person.id);
  return person;
}

describe('a key rotation', () => {
  it('encrypts factors, codes and drafts under the first key, and emits one event', async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    await ann.begins(testHost.keys);
    expect(await countsOf(operator())).toEqual({
      new: { factors: 0, drafts: 0, 'removed-factors': 0 },
      old: { factors: 2, drafts: 1, 'removed-factors': 0 },
    });
    const heard: number[] = [];
    expect(await operator().reseal(actor, (count) => heard.push(count))).toEqual({
      key: 'new',
      resealed: 3,
      left: 0,
    });
    expect(heard.at(-1)).toBe(3);
    expect(await countsOf(operator())).toEqual({
      new: { factors: 2, drafts: 1, 'removed-factors': 0 },
      old: { factors: 0, drafts: 0, 'removed-factors': 0 },
    });
    await testHost.outboxRelay.settled();
    const told = testHost.sink.events.filter(({ name }) => name === 'two-factor.secrets.resealed');
    expect(told).toEqual([
      expect.objectContaining({ accountId: null, actor, data: { key: 'new', count: 3 } }),
    ]);
    expect((await ann.proves(ann.code(0, testHost.keys), testHost.keys)).status).toBe('enabled');
  });

  it('changes nothing when it is repeated', async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    await operator().reseal(actor);
    const before = await testHost.stores.factors.load(ann.id);
    expect((await operator().reseal(actor)).resealed).toBe(0);
    expect(await testHost.stores.factors.load(ann.id)).toEqual(before);
  });

  it("keeps the time of a factor's last use", async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    await ann.signsInWith(ann.code());
    const used = async () =>
      (await testHost.stores.factors.load(ann.id)).factors.map(({ lastUsedAt }) => lastUsedAt);
    const before = await used();
    await operator().reseal(actor);
    expect(await used()).toEqual(before);
  });

  it('does not overwrite a sign-in during the rotation: its code stays used', async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    const code = ann.code();
    const stores = interrupted(testHost, 1, () => ann.signsInWith(code));
    expect(await operator(stores).reseal(actor)).toMatchObject({ left: 0 });
    expect(await countsOf(operator())).toMatchObject({ old: { factors: 0 } });
    expect(await ann.signsInWith(code)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('does not make a sign-in during the rotation fail', async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    const verify = testHost.numbers.verify.bind(testHost.numbers);
    testHost.numbers.verify = async (record, proof) => {
      await operator().reseal(actor);
      return verify(record, proof);
    };
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('encrypts each value once when two run at the same moment', async () => {
    const { testHost, operator } = nodes();
    for (let i = 0; i < 5; i += 1) await ownerIn(testHost);
    const runs = await Promise.all([operator().reseal(actor), operator().reseal(actor)]);
    expect(runs.map(({ resealed }) => resealed).reduce((a, b) => a + b)).toBe(10);
    expect(await countsOf(operator())).toMatchObject({ old: { factors: 0 } });
  });

  it('continues where it was stopped, past more values than one batch has', async () => {
    const { testHost, operator } = nodes();
    for (let i = 0; i < 60; i += 1) await ownerIn(testHost);
    let steps = 0;
    const stops = interrupted(testHost, Infinity, async () => {
      if ((steps += 1) > 30) throw new Error('The process is gone.');
    });
    await expect(operator(stops).reseal(actor)).rejects.toThrow('gone');
    expect(await countsOf(operator())).toMatchObject({ new: { factors: 30 }, old: { factors: 90 } });
    expect(await operator().reseal(actor)).toMatchObject({ resealed: 90, left: 0 });
  });

  it('leaves values that cannot be decrypted, and counts them', async () => {
    const { testHost, operator } = nodes();
    const [ann, bob] = [await ownerIn(testHost), await ownerIn(testHost)];
    const [factor] = (await testHost.stores.factors.load(ann.id)).factors;
    const sealed = `${factor!.sealed.slice(0, -1)}${factor!.sealed.endsWith('A') ? 'B' : 'A'}`;
    await testHost.stores.factors.update(factor!, { sealed, lastUsedAt: 0 });
    expect(await operator().reseal(actor)).toMatchObject({ resealed: 3, left: 1 });
    expect((await testHost.stores.factors.load(ann.id)).factors.map((each) => each.sealed)).toContain(sealed);
    expect((await bob.signsInWith(bob.code())).status).toBe('passed');
  });
});

describe('the report of the keys', () => {
  it('names a missing key, and a rotation without it changes no value of it', async () => {
    const gone = keyOf('gone');
    const { testHost } = nodes();
    const ring = (...keys: [RingKey, ...RingKey[]]) => {
      const box = new KeyRingSecretBox(new KeyRing(...keys));
      return new KeyReports(
        testHost.stores.sealed,
        box,
        new KeyRotation(testHost.stores.sealed, box, testHost.transactions),
      );
    };
    await ownerIn(testHost);
    const report = await ring(gone, fresh).report();
    expect(report.missing).toEqual([{ id: 'old', sealed: { factors: 2, drafts: 0, 'removed-factors': 0 } }]);
    expect(await ring(gone).reseal(actor)).toMatchObject({ resealed: 0, left: 2 });
  });

  it('counts a value without a key as damage of one account, and other accounts are not affected', async () => {
    const { testHost, operator } = nodes();
    const ann = await ownerIn(testHost);
    const [factor] = (await testHost.stores.factors.load(ann.id)).factors;
    await testHost.stores.factors.update(factor!, { sealed: 'rubbish', lastUsedAt: 0 });
    expect(await operator().report()).toMatchObject({ missing: [], unreadable: 1 });
  });
});
