import { DamagedFactor } from '../common/errors.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { GlassBox } from '../fixtures/ports.fixture.js';

/** What a hand in the database did to somebody's rows. */
const damages: Record<string, (person: Person) => Promise<unknown>> = {
  'a primary factor has vanished': async ({ house, id }) => {
    const { factors } = await house.stores.factors.ofAccount(id);
    return house.stores.factors.remove(factors.find(({ kind }) => kind === 'numbers')!.id, id);
  },
  'all factors have vanished': async ({ house, id }) => {
    const { factors } = await house.stores.factors.ofAccount(id);
    for (const factor of factors) await house.stores.factors.remove(factor.id, id);
  },
  'the account row says that nothing is on': async ({ house, id }) => {
    const { set } = await house.stores.factors.ofAccount(id);
    return house.stores.factors.advance(id, set, 0);
  },
  'a factor is surplus': async ({ house, account }) =>
    house.stores.factors.insert(house.sets.row(account, 'keys', 'planted', { secret: '1', last: 0 })),
  'a factor is of a kind that nobody knows': async ({ house, account }) =>
    house.stores.factors.insert(house.sets.row(account, 'palm', 'planted', {})),
};

describe.each(Object.entries(damages))('when %s', (_what, damage) => {
  const alarms = async (person: Person) =>
    (await person.house.told(person.id)).filter(({ name }) => name === 'two-factor.alarm');

  it('nobody is admitted, and it alarms', async () => {
    const ann = await Person.protectedBy(new House());
    await damage(ann);
    const admitted = ann.house.admission.admit({}, ann.account, ann.origin);
    await expect(admitted).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    const [alarm, ...others] = await alarms(ann);
    expect(alarm?.data).toMatchObject({ kind: '', factorId: '', reason: expect.stringMatching(/rows/) });
    expect(others).toEqual([]);
  });

  it('a login held on these very rows is not let in by what is left', async () => {
    const ann = await Person.protectedBy(new House());
    await damage(ann);
    const { account, origin, house } = ann;
    const bound = { account, standing: await ann.standing() };
    const held = house.heldLogins.plan(bound, 'challenge');
    await house.heldLogins.open(held, ann.key, bound, origin);
    const found = (await house.heldLogins.find({ ...held, key: ann.key }))!;
    for (const code of [ann.words[1]!, ann.code()])
      await expect(ann.answers(found, code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await alarms(ann)).toHaveLength(1);
  });

  it('nobody confirms, and a recent sign-in is not taken for one without a factor', async () => {
    const ann = await Person.protectedBy(new House());
    await damage(ann);
    await expect(ann.confirms(ann.words[0]!)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const who = await ann.browser(ann.key, ann.house.clock.now());
    expect(await ann.house.stepUps.reach(who)).toBeNull();
    expect(await ann.house.overview.of(ann.id)).toMatchObject({ damaged: true });
  });

  it('a reset puts it right', async () => {
    const ann = await Person.protectedBy(new House());
    await damage(ann);
    await ann.house.life.reset(ann.id, 'damaged', { type: 'cli', id: 'root' });
    expect(await ann.standing()).toMatchObject({ enabled: false, damaged: false, factors: [] });
    expect(await ann.enrols()).toMatchObject({ status: 'enabled' });
  });
});

describe('a sealed text that cannot be trusted', () => {
  /** Puts the sealed text of one row, or anything else, into another. */
  async function plant(into: Person, sealed: string): Promise<void> {
    const { factors } = await into.standing();
    const row = factors.find(({ kind }) => kind === 'numbers')!;
    await into.house.stores.factors.update(row, { sealed, lastUsedAt: 0 });
  }

  it('of another account lets nobody in, is not counted, and alarms', async () => {
    const house = new House();
    const [ann, eve] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const own = (await eve.standing()).factors.find(({ kind }) => kind === 'numbers')!;
    await plant(ann, own.sealed);
    for (let i = 0; i < 6; i += 1)
      await expect(ann.signsInWith(eve.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const alarm = (await house.told(ann.id)).find(({ name }) => name === 'two-factor.alarm');
    expect(alarm?.data).toMatchObject({ kind: 'numbers' });
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it.each(['', 'cut off', '{}'])('reading %j lets nobody in', async (sealed) => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    await plant(ann, sealed);
    await expect(ann.signsInWith(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    ...[['', 'not JSON'] as const, ['{"secret":', 'not JSON'] as const],
    ...['[]', 'null', '"text"'].map((text) => [text, 'not an object'] as const),
  ])('that opens to %j is damaged: %s', async (plain, sentence) => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const row = (await ann.standing()).factors.find(({ kind }) => kind === 'numbers')!;
    const label = { purpose: 'factor', accountId: ann.id, id: row.id };
    const sealed = new GlassBox().seal(plain, label);
    const open = () => house.vault.openFactor({ ...row, sealed });
    expect(open).toThrow(DamagedFactor);
    expect(open).toThrow(sentence);
  });

  it('of a draft is not a factor’s', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const row = (await ann.standing()).factors.find(({ kind }) => kind === 'numbers')!;
    const sealed = house.vault.sealToken(ann.secret, row);
    expect(() => house.vault.openFactor({ ...row, sealed })).toThrow(DamagedFactor);
  });
});
