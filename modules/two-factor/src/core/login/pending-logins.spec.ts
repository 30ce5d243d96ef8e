import { randomUUID } from 'node:crypto';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { ActivePendingLogin } from './pending-logins.js';

const minute = 60_000;

describe('a pending login', () => {
  const testHost = new TestHost();
  const found = (pending: ActivePendingLogin, more: object = {}) =>
    testHost.pendingLogins.find({
      ...{ id: pending.ref.id, accountId: pending.ref.accountId, key: pending.key },
      ...more,
    });

  it('ends with the fifth failure', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    for (let i = 1; i <= 5; i += 1)
      expect(await ann.answers(pending, WRONG_NUMBER)).toMatchObject({ status: 'refused', spent: i === 5 });
    expect(await found(pending)).toBeNull();
    testHost.clock.advance(minute);
    expect((await ann.answers(pending, ann.code())).status).toBe('void');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('allows five wrong words, which cause no wait', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    for (let i = 1; i <= 5; i += 1)
      expect(await ann.answers(pending, WRONG_WORD)).toMatchObject({ status: 'refused', spent: i === 5 });
    const looks = testHost.words.looks;
    expect((await ann.answers(pending, ann.words[0]!)).status).not.toBe('passed');
    expect(testHost.words.looks).toBe(looks);
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it('allows five failures of all kinds together', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    for (const code of [WRONG_NUMBER, WRONG_WORD, WRONG_NUMBER, WRONG_WORD])
      expect(await ann.answers(pending, code)).toMatchObject({ status: 'refused', spent: false });
    expect(await ann.answers(pending, WRONG_NUMBER)).toMatchObject({ status: 'refused', spent: true });
  });

  it('works once', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.code());
    expect(await found(pending)).toBeNull();
    expect((await ann.answers(pending, ann.code(1))).status).toBe('void');
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });

  it('consumes no word when it was already answered', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.code());
    expect((await ann.answers(pending, ann.words[0]!)).status).toBe('void');
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it('ends after ten minutes', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    testHost.clock.advance(10 * minute - 1);
    expect(await found(pending)).not.toBeNull();
    testHost.clock.advance(1);
    expect(await found(pending)).toBeNull();
    expect((await ann.answers(pending, ann.code())).status).toBe('void');
  });

  it.each<[string, (person: Person) => unknown]>([
    ['password, e-mail or role', (person) => person.changes()],
    ['suspension', (person) => person.isSuspended()],
    ['factors', (person) => person.enrolls(testHost.keys)],
    ['reset', (person) => testHost.admin.reset(person.id, 'why', { type: 'cli', id: 'root' })],
  ])('is void after a change of %s', async (_what, change) => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await change(ann);
    expect(await found(pending)).toBeNull();
  });

  it('does not survive a new password, even if the host keeps its stamp', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await testHost.admin.passwordChanged(ann.id);
    expect(await found(pending)).toBeNull();
  });

  it('that began with the new password survives a late or repeated notice of the change', async () => {
    const ann = await Person.protectedBy(testHost);
    const changedAt = testHost.clock.now();
    testHost.clock.advance(1);
    const pending = await ann.startsLogin();
    await testHost.admin.passwordChanged(ann.id, changedAt);
    expect(await found(pending)).not.toBeNull();
  });

  it('is not found with another key, account or id, nor with an empty or invalid one', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const pending = await ann.startsLogin();
    const odd = ['', ' ', '%', '\0', randomUUID(), undefined, null, 0, [], {}];
    for (const value of [...odd, bob.id, pending.ref.id.toUpperCase()]) {
      expect(await found(pending, { key: value })).toBeNull();
      expect(await found(pending, { id: value })).toBeNull();
      expect(await found(pending, { accountId: value })).toBeNull();
      expect(await found(pending, { id: value, key: undefined })).toBeNull();
    }
    expect(await found(pending)).not.toBeNull();
  });

  it('is one of at most fifty of an account: the oldest ends', async () => {
    const ann = await Person.protectedBy(testHost);
    const first = await ann.startsLogin();
    for (let i = 0; i < 49; i += 1) {
      testHost.clock.advance(1);
      await ann.startsLogin();
    }
    expect(await found(first)).not.toBeNull();
    testHost.clock.advance(1);
    const last = await ann.startsLogin();
    expect(await found(first)).toBeNull();
    expect(await found(last)).not.toBeNull();
  });

  it('that was abandoned no longer exists', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await testHost.pendingLogins.discard(pending);
    expect(await found(pending)).toBeNull();
    expect((await ann.answers(pending, ann.code())).status).toBe('void');
  });
});
