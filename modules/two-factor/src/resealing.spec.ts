import { randomBytes } from 'node:crypto';
import { KeyRing, type RingKey } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';
import { House } from './core/fixtures/house.fixture.js';
import { Keys } from './core/encryption/keys.js';
import { Person } from './core/fixtures/person.fixture.js';
import { Resealing } from './core/encryption/resealing.js';
import type { SealedStore } from './core/contracts/stores/sealed.store.js';

const keyOf = (id: string): RingKey => ({ id, bytes: randomBytes(32) });
const [old, fresh] = [keyOf('old'), keyOf('new')];
const actor = { type: 'cli', id: 'root' } as const;

/** A node that still seals under the old key, and the operator's process, which seals under the new one. */
function nodes(...others: RingKey[]) {
  const house = new House({ box: new KeyRingSecretBox(new KeyRing(old, fresh, ...others)) });
  const box = new KeyRingSecretBox(new KeyRing(fresh, old, ...others));
  const operator = (stores: readonly SealedStore[] = house.stores.sealed) =>
    new Keys(stores, box, new Resealing(stores, box, house.units));
  return { house, operator };
}

/** The stores, with something happening just before each of the first `times` compare-and-sets. */
function interrupted({ stores }: House, times: number, happens: () => Promise<unknown>): SealedStore[] {
  let left = times;
  const replace: SealedStore['replace'] = async function (this: SealedStore, value, sealed) {
    if (left-- > 0) await happens();
    return (Object.getPrototypeOf(this) as SealedStore).replace.call(this, value, sealed);
  };
  return stores.sealed.map((store) => Object.create(store, { replace: { value: replace } }) as SealedStore);
}

const countsOf = async (keys: Keys) => {
  const report = await keys.report();
  return Object.fromEntries(report.keys.map(({ id, sealed }) => [id, sealed]));
};

describe('sealing under another key', () => {
  it('brings factors, codes and drafts under the first key, and says so once', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    await ann.begins(house.keys);
    expect(await countsOf(operator())).toEqual({
      new: { factors: 0, drafts: 0 },
      old: { factors: 2, drafts: 1 },
    });
    const heard: number[] = [];
    expect(await operator().reseal(actor, (count) => heard.push(count))).toEqual({
      key: 'new',
      resealed: 3,
      left: 0,
    });
    expect(heard.at(-1)).toBe(3);
    expect(await countsOf(operator())).toEqual({
      new: { factors: 2, drafts: 1 },
      old: { factors: 0, drafts: 0 },
    });
    await house.handOver.settled();
    const told = house.sink.events.filter(({ name }) => name === 'two-factor.secrets.resealed');
    expect(told).toEqual([
      expect.objectContaining({ accountId: null, actor, data: { key: 'new', count: 3 } }),
    ]);
    expect((await ann.proves(ann.code(0, house.keys), house.keys)).status).toBe('enabled');
  });

  it('changes nothing when it is done again', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    await operator().reseal(actor);
    const before = await house.stores.factors.ofAccount(ann.id);
    expect((await operator().reseal(actor)).resealed).toBe(0);
    expect(await house.stores.factors.ofAccount(ann.id)).toEqual(before);
  });

  it('keeps when a factor was used last', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    await ann.signsInWith(ann.code());
    const used = async () =>
      (await house.stores.factors.ofAccount(ann.id)).factors.map(({ lastUsedAt }) => lastUsedAt);
    const before = await used();
    await operator().reseal(actor);
    expect(await used()).toEqual(before);
  });

  it('does not write over a sign-in that came in between: its code stays used', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    const code = ann.code();
    const stores = interrupted(house, 1, () => ann.signsInWith(code));
    expect(await operator(stores).reseal(actor)).toMatchObject({ left: 0 });
    expect(await countsOf(operator())).toMatchObject({ old: { factors: 0 } });
    expect(await ann.signsInWith(code)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('does not make a sign-in fail that it came in between of', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    const verify = house.numbers.verify.bind(house.numbers);
    house.numbers.verify = async (record, proof) => {
      await operator().reseal(actor);
      return verify(record, proof);
    };
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('seals each value once when two run at the same moment', async () => {
    const { house, operator } = nodes();
    for (let i = 0; i < 5; i += 1) await Person.protectedBy(house);
    const runs = await Promise.all([operator().reseal(actor), operator().reseal(actor)]);
    expect(runs.map(({ resealed }) => resealed).reduce((a, b) => a + b)).toBe(10);
    expect(await countsOf(operator())).toMatchObject({ old: { factors: 0 } });
  });

  it('goes on where it was stopped, past more values than one batch has', async () => {
    const { house, operator } = nodes();
    for (let i = 0; i < 60; i += 1) await Person.protectedBy(house);
    let steps = 0;
    const stops = interrupted(house, Infinity, async () => {
      if ((steps += 1) > 30) throw new Error('The process is gone.');
    });
    await expect(operator(stops).reseal(actor)).rejects.toThrow('gone');
    expect(await countsOf(operator())).toMatchObject({ new: { factors: 30 }, old: { factors: 90 } });
    expect(await operator().reseal(actor)).toMatchObject({ resealed: 90, left: 0 });
  });

  it('leaves what does not open as it is, and counts it', async () => {
    const { house, operator } = nodes();
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const [factor] = (await house.stores.factors.ofAccount(ann.id)).factors;
    const sealed = `${factor!.sealed.slice(0, -1)}${factor!.sealed.endsWith('A') ? 'B' : 'A'}`;
    await house.stores.factors.update(factor!, { sealed, lastUsedAt: 0 });
    expect(await operator().reseal(actor)).toMatchObject({ resealed: 3, left: 1 });
    expect((await house.stores.factors.ofAccount(ann.id)).factors.map((each) => each.sealed)).toContain(
      sealed,
    );
    expect((await bob.signsInWith(bob.code())).status).toBe('passed');
  });
});

describe('how the keys stand', () => {
  it('names a key that is gone, and seals nothing anew without it', async () => {
    const gone = keyOf('gone');
    const { house } = nodes();
    const ring = (...keys: [RingKey, ...RingKey[]]) => {
      const box = new KeyRingSecretBox(new KeyRing(...keys));
      return new Keys(house.stores.sealed, box, new Resealing(house.stores.sealed, box, house.units));
    };
    await Person.protectedBy(house);
    const report = await ring(gone, fresh).report();
    expect(report.missing).toEqual([{ id: 'old', sealed: { factors: 2, drafts: 0 } }]);
    expect(await ring(gone).reseal(actor)).toMatchObject({ resealed: 0, left: 2 });
  });

  it('takes what names no key for damage of one account, which keeps nobody else out', async () => {
    const { house, operator } = nodes();
    const ann = await Person.protectedBy(house);
    const [factor] = (await house.stores.factors.ofAccount(ann.id)).factors;
    await house.stores.factors.update(factor!, { sealed: 'rubbish', lastUsedAt: 0 });
    expect(await operator().report()).toMatchObject({ missing: [], unreadable: 1 });
  });
});
