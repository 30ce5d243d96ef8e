import { randomUUID } from 'node:crypto';
import type { PosedChallenge } from './code-delivery.js';
import type { Delivery, PrimaryBehaviour, PrimaryFactor, Proof } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const [minute, lives, tries] = [60_000, 600_000, 3];
let made = 0;

class Form implements Proof {
  readonly code?: string;
}

/** A kind with codes by mail. */
const delivery: Omit<Delivery, 'channel'> = {
  ttlMs: lives,
  maxAttempts: tries,
  make: () => ({ code: `code-${(made += 1)}` }),
  message: ({ code }) => ({ template: 'letter', model: { code } }),
};
const behaviour: PrimaryBehaviour = {
  beginEnrollment: async () => ({}),
  showDraft: async () => ({ page: {}, json: {} }),
  finishEnrollment: async () => ({ ok: true, data: {} }),
  prompt: async () => ({ show: {} }),
  verify: async () => ({ ok: false, reason: 'wrong' }),
};
const letters: PrimaryFactor = {
  kind: 'letters',
  role: 'primary',
  multiple: false,
  guessable: true,
  form: Form,
  matches: () => true,
  create: ({ mail }) => ({ ...behaviour, delivery: { ...delivery, channel: mail } }),
};

describe('a mailed code', () => {
  let testHost: TestHost;
  let ann: Person;
  let place: PosedChallenge['place'];
  beforeEach(async () => {
    testHost = new TestHost({ factors: [letters] });
    ann = new Person(testHost);
    const factor = { id: randomUUID(), accountId: ann.id };
    await testHost.stores.factors.bumpVersion(ann.id, { primaryCount: 0, version: 0 }, 1);
    await testHost.stores.factors.insert({
      ...{ ...factor, kind: 'letters', label: 'Mail', version: 1, createdAt: 0, lastUsedAt: null },
      sealed: testHost.secretStorage.sealFactor({}, factor),
    });
    place = { accountId: ann.id, key: 'a session' };
  });

  const posed = async (where = place): Promise<PosedChallenge> => ({
    account: ann.account,
    accountState: await testHost.accountStateReader.load(ann.id),
    place: where,
  });
  const sends = async (where = place) =>
    testHost.codeDelivery.send('letters', await posed(where), ann.origin);
  const recalls = async (where = place) =>
    testHost.codeDelivery.load(
      'letters',
      testHost.registry.primary('letters')!.behaviour.delivery!,
      await posed(where),
    );
  const state = async () => testHost.codeDelivery.state('letters', await posed());
  const mailed = () => testHost.letterbox.last(ann.account)?.model['code'];

  it('is mailed with time, origin and lifetime, emits one event, and is accepted in its own place', async () => {
    expect(await sends()).toEqual({ status: 'sent' });
    const at = testHost.clock.now();
    expect(testHost.letterbox.last(ann.account)).toMatchObject({
      template: 'letter',
      until: at + lives,
      model: { code: mailed(), at, ip: '192.0.2.1', userAgent: 'Firefox', use: 'confirm', minutes: 10 },
    });
    expect(await testHost.eventNamesOf(ann.id)).toEqual(['challenge.sent']);
    expect((await recalls())?.challengeState).toEqual({ code: mailed() });
    for (const where of [
      { ...place, key: 'another session' },
      { ...place, key: null },
      { ...place, pending: { id: 'h', purpose: 'pending', accountId: ann.id } as const },
    ])
      expect(await recalls(where)).toBeUndefined();
  });

  it('names its purpose, a sign-in, in the mail', async () => {
    await sends({ ...place, pending: { id: 'h', purpose: 'pending', accountId: ann.id } });
    expect(testHost.letterbox.last(ann.account)?.model['use']).toBe('sign-in');
  });

  it('is replaced by a newer one, at the earliest after a minute', async () => {
    await sends();
    const first = mailed();
    expect(await sends()).toEqual({
      status: 'later',
      channel: 'mail',
      allowed: false,
      until: testHost.clock.now() + minute,
    });
    testHost.clock.advance(minute);
    await sends();
    expect(mailed()).not.toBe(first);
    expect((await recalls())?.challengeState).toEqual({ code: mailed() });
  });

  it('is accepted for a few attempts and ten minutes, and until the account changes', async () => {
    await sends();
    for (let n = 0; n < tries; n += 1) expect(await recalls()).toBeDefined();
    expect(await recalls()).toBeUndefined();
    expect((await state())?.expiresAt).toBeNull();
    testHost.clock.advance(minute);
    await sends();
    expect((await state())?.expiresAt).toBe(testHost.clock.now() + lives);
    ann.changes();
    expect((await state())?.expiresAt).toBeNull();
    expect(await recalls()).toBeUndefined();
    testHost.clock.advance(minute);
    await sends();
    testHost.clock.advance(lives);
    expect(await recalls()).toBeUndefined();
  });

  it('stays valid when the next mail is not accepted', async () => {
    await sends();
    const before = mailed();
    testHost.clock.advance(minute);
    testHost.letterbox.broken = new Error('no mail today');
    await expect(sends()).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 60 } });
    expect((await recalls())?.challengeState).toEqual({ code: before });
    expect(await testHost.eventNamesOf(ann.id)).toHaveLength(1);
  });

  it('is not mailed for a kind that the account lacks, or that mails nothing', async () => {
    const bob = new Person(testHost);
    const his = { account: bob.account, accountState: await testHost.accountStateReader.load(bob.id), place };
    await expect(testHost.codeDelivery.send('letters', his, bob.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(testHost.codeDelivery.send('words', await posed(), ann.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await testHost.codeDelivery.state('words', await posed())).toBeNull();
    expect(await state()).toMatchObject({ minutes: 10, expiresAt: null, nextAt: null });
  });
});
