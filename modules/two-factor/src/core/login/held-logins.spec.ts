import { randomUUID } from 'node:crypto';
import { House } from '../fixtures/house.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { Held } from './held-logins.js';

const minute = 60_000;

describe('a held login', () => {
  const house = new House();
  const found = (held: Held, more: object = {}) =>
    house.heldLogins.find({ id: held.ref.id, accountId: held.ref.accountId, key: held.key, ...more });

  it('is destroyed with the fifth miss', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    for (let i = 1; i <= 5; i += 1)
      expect(await ann.answers(held, WRONG_NUMBER)).toMatchObject({ status: 'refused', spent: i === 5 });
    expect(await found(held)).toBeNull();
    house.clock.advance(minute);
    expect((await ann.answers(held, ann.code())).status).toBe('void');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('takes five wrong words, which make nobody wait', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    for (let i = 1; i <= 5; i += 1)
      expect(await ann.answers(held, WRONG_WORD)).toMatchObject({ status: 'refused', spent: i === 5 });
    const looks = house.words.looks;
    expect((await ann.answers(held, ann.words[0]!)).status).not.toBe('passed');
    expect(house.words.looks).toBe(looks);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it('takes five misses of all kinds together', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    for (const code of [WRONG_NUMBER, WRONG_WORD, WRONG_NUMBER, WRONG_WORD])
      expect(await ann.answers(held, code)).toMatchObject({ status: 'refused', spent: false });
    expect(await ann.answers(held, WRONG_NUMBER)).toMatchObject({ status: 'refused', spent: true });
  });

  it('is good once', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await ann.answers(held, ann.code());
    expect(await found(held)).toBeNull();
    expect((await ann.answers(held, ann.code(1))).status).toBe('void');
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });

  it('does not use up a word when it was answered already', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await ann.answers(held, ann.code());
    expect((await ann.answers(held, ann.words[0]!)).status).toBe('void');
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it('ends after ten minutes', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    house.clock.advance(10 * minute - 1);
    expect(await found(held)).not.toBeNull();
    house.clock.advance(1);
    expect(await found(held)).toBeNull();
    expect((await ann.answers(held, ann.code())).status).toBe('void');
  });

  it.each<[string, (person: Person) => unknown]>([
    ['password, e-mail or role', (person) => person.changes()],
    ['suspension', (person) => person.isSuspended()],
    ['factors', (person) => person.enrols(house.keys)],
    ['reset', (person) => house.life.reset(person.id, 'why', { type: 'cli', id: 'root' })],
  ])('is void after a change of %s', async (_what, change) => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await change(ann);
    expect(await found(held)).toBeNull();
  });

  it('does not survive a new password, also where the host keeps its stamp', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await house.life.passwordChanged(ann.id);
    expect(await found(held)).toBeNull();
  });

  it('that was begun with the new password survives hearing of the change late, or twice', async () => {
    const ann = await Person.protectedBy(house);
    const changedAt = house.clock.now();
    house.clock.advance(1);
    const held = await ann.parks();
    await house.life.passwordChanged(ann.id, changedAt);
    expect(await found(held)).not.toBeNull();
  });

  it('is not found with another key, account or id, nor with an empty or odd one', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const held = await ann.parks();
    const odd = ['', ' ', '%', '\0', randomUUID(), undefined, null, 0, [], {}];
    for (const value of [...odd, bob.id, held.ref.id.toUpperCase()]) {
      expect(await found(held, { key: value })).toBeNull();
      expect(await found(held, { id: value })).toBeNull();
      expect(await found(held, { accountId: value })).toBeNull();
      expect(await found(held, { id: value, key: undefined })).toBeNull();
    }
    expect(await found(held)).not.toBeNull();
  });

  it('is one of at most fifty of an account: the oldest goes', async () => {
    const ann = await Person.protectedBy(house);
    const first = await ann.parks();
    for (let i = 0; i < 49; i += 1) {
      house.clock.advance(1);
      await ann.parks();
    }
    expect(await found(first)).not.toBeNull();
    house.clock.advance(1);
    const last = await ann.parks();
    expect(await found(first)).toBeNull();
    expect(await found(last)).not.toBeNull();
  });

  it('that was dropped is no more', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await house.heldLogins.drop(held);
    expect(await found(held)).toBeNull();
    expect((await ann.answers(held, ann.code())).status).toBe('void');
  });
});
