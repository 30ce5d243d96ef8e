import { randomUUID } from 'node:crypto';
import type { Posed } from './deliveries.js';
import type { Delivery, PrimaryBehaviour, PrimaryFactor, Proof } from '../contracts/factor.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const [minute, lives, tries] = [60_000, 600_000, 3];
let made = 0;

class Form implements Proof {
  readonly code?: string;
}

/** A kind whose question comes by mail. */
const delivery: Omit<Delivery, 'channel'> = {
  ...{ lives, tries },
  make: () => ({ code: `code-${(made += 1)}` }),
  letter: ({ code }) => ({ template: 'letter', model: { code } }),
};
const act: PrimaryBehaviour = {
  beginEnrolment: async () => ({}),
  showDraft: async () => ({ page: {}, json: {} }),
  finishEnrolment: async () => ({ ok: true, data: {} }),
  prompt: async () => ({ show: {} }),
  verify: async () => ({ ok: false, reason: 'wrong' }),
};
const letters: PrimaryFactor = {
  ...{ kind: 'letters', role: 'primary', many: false, guessable: true, form: Form },
  ...{ reads: () => true, create: ({ mail }) => ({ ...act, delivery: { ...delivery, channel: mail } }) },
};

describe('a question that is mailed', () => {
  let house: House;
  let ann: Person;
  let place: Posed['place'];
  beforeEach(async () => {
    house = new House({ factors: [letters] });
    ann = new Person(house);
    const factor = { id: randomUUID(), accountId: ann.id };
    await house.stores.factors.advance(ann.id, { primaries: 0, version: 0 }, 1);
    await house.stores.factors.insert({
      ...{ ...factor, kind: 'letters', label: 'Mail', version: 1, createdAt: 0, lastUsedAt: null },
      sealed: house.vault.sealFactor({}, factor),
    });
    place = { accountId: ann.id, key: 'a session' };
  });

  const posed = async (where = place): Promise<Posed> => ({
    account: ann.account,
    standing: await house.standings.of(ann.id),
    place: where,
  });
  const sends = async (where = place) => house.deliveries.send('letters', await posed(where), ann.origin);
  const recalls = async (where = place) =>
    house.deliveries.recall('letters', house.registry.primary('letters')!.act.delivery!, await posed(where));
  const state = async () => house.deliveries.state('letters', await posed());
  const mailed = () => house.letterbox.last(ann.account)?.model['code'];

  it('is mailed with when, from where and for how long, told once, and answered where it was asked for', async () => {
    expect(await sends()).toEqual({ status: 'sent' });
    const at = house.clock.now();
    expect(house.letterbox.last(ann.account)).toMatchObject({
      ...{ template: 'letter', until: at + lives },
      model: { code: mailed(), at, ip: '192.0.2.1', userAgent: 'Firefox', use: 'confirm', minutes: 10 },
    });
    expect(await house.news(ann.id)).toEqual(['challenge.sent']);
    expect((await recalls())?.memo).toEqual({ code: mailed() });
    for (const where of [
      { ...place, key: 'another session' },
      { ...place, key: null },
      { ...place, held: { id: 'h', purpose: 'held', accountId: ann.id } as const },
    ])
      expect(await recalls(where)).toBeUndefined();
  });

  it('says for what it is where a sign-in waits for it', async () => {
    await sends({ ...place, held: { id: 'h', purpose: 'held', accountId: ann.id } });
    expect(house.letterbox.last(ann.account)?.model['use']).toBe('sign-in');
  });

  it('is answered by the newest one alone, and not sooner than a minute later by another', async () => {
    await sends();
    const first = mailed();
    expect(await sends()).toEqual({
      ...{ status: 'later', channel: 'mail', paid: false },
      until: house.clock.now() + minute,
    });
    house.clock.advance(minute);
    await sends();
    expect(mailed()).not.toBe(first);
    expect((await recalls())?.memo).toEqual({ code: mailed() });
  });

  it('is judged a few times, for ten minutes, and until the account changes', async () => {
    await sends();
    for (let n = 0; n < tries; n += 1) expect(await recalls()).toBeDefined();
    expect(await recalls()).toBeUndefined();
    expect((await state())?.expiresAt).toBeNull();
    house.clock.advance(minute);
    await sends();
    expect((await state())?.expiresAt).toBe(house.clock.now() + lives);
    ann.changes();
    expect((await state())?.expiresAt).toBeNull();
    expect(await recalls()).toBeUndefined();
    house.clock.advance(minute);
    await sends();
    house.clock.advance(lives);
    expect(await recalls()).toBeUndefined();
  });

  it('whose mail is not taken changes nothing: the one before can still be answered', async () => {
    await sends();
    const before = mailed();
    house.clock.advance(minute);
    house.letterbox.broken = new Error('no mail today');
    await expect(sends()).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 60 } });
    expect((await recalls())?.memo).toEqual({ code: before });
    expect(await house.news(ann.id)).toHaveLength(1);
  });

  it('is not mailed for a kind that the account has not, or that mails nothing', async () => {
    const bob = new Person(house);
    const his = { account: bob.account, standing: await house.standings.of(bob.id), place };
    await expect(house.deliveries.send('letters', his, bob.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(house.deliveries.send('words', await posed(), ann.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await house.deliveries.state('words', await posed())).toBeNull();
    expect(await state()).toMatchObject({ minutes: 10, expiresAt: null, nextAt: null });
  });
});
