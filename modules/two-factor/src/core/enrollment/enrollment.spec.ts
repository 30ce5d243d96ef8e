import { randomUUID } from 'node:crypto';
import { brittleHost } from '../fixtures/brittle-stores.fixture.js';
import type { FactorRecord } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const minute = 60_000;
const testHost = new TestHost();
const draftOf = async (person: Person, key = person.key) =>
  testHost.drafts.find(await person.drafter(key), 'numbers');

describe('a set-up', () => {
  it('turns nothing on until the new factor is proved', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    expect(await ann.proves(WRONG_NUMBER)).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect(await ann.accountState()).toMatchObject({ enabled: false, factors: [] });
    expect(await testHost.loginGate.admit({}, ann.account, ann.origin)).toMatchObject({
      outcome: 'admit',
      reason: 'unprotected',
    });
    expect(testHost.directory.raised.has(ann.id)).toBe(false);
    expect(await testHost.eventNamesOf(ann.id)).toEqual([]);
    expect((await ann.proves(ann.code())).status).toBe('enabled');
    expect((await ann.accountState()).enabled).toBe(true);
  });

  it('shows the same draft on every load, for 15 minutes', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    const first = await draftOf(ann);
    testHost.clock.advance(15 * minute - 1);
    expect(await draftOf(ann)).toEqual(first);
    testHost.clock.advance(1);
    expect(await draftOf(ann)).toBeNull();
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('gets the decrypted records of its kind', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    await ann.enrolls(own.keys);
    const { secret } = ann.secret;
    const { beginEnrollment: beginEnrollment } = own.keys;
    let known: readonly FactorRecord[] = [];
    own.keys.beginEnrollment = async (_account?: unknown, records: readonly FactorRecord[] = []) => {
      known = records;
      return beginEnrollment.call(own.keys);
    };
    await ann.begins(own.keys);
    expect(known).toMatchObject([{ kind: 'keys', label: 'Phone', data: { secret } }]);
  });

  it('belongs to its session and its account', async () => {
    const [ann, bob] = [new Person(testHost), new Person(testHost)];
    await ann.begins();
    expect(await draftOf(ann, randomUUID())).toBeNull();
    expect(await draftOf(bob, ann.key)).toBeNull();
    expect(await draftOf(ann)).not.toBeNull();
  });

  it.each<[string, (person: Person) => unknown]>([
    ['password, e-mail or role', (person) => person.changes()],
    [
      'factors',
      async (person) => {
        await person.begins(testHost.keys);
        await person.proves(person.code(0, testHost.keys), testHost.keys);
      },
    ],
  ])('is void after a change of %s', async (_what, change) => {
    const ann = new Person(testHost);
    await ann.begins();
    await change(ann);
    expect(await draftOf(ann)).toBeNull();
  });

  it('allows ten attempts; none is a failure of the account, and malformed input is not counted', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    for (let i = 0; i < 20; i += 1)
      expect(await ann.proves('1234')).toMatchObject({ status: 'refused', reason: 'malformed' });
    for (let i = 0; i < 10; i += 1) expect((await ann.proves(WRONG_NUMBER)).status).toBe('refused');
    const { looks } = testHost.numbers;
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect([testHost.numbers.looks - looks, await draftOf(ann)]).toEqual([0, null]);
    testHost.clock.advance(1);
    await ann.enrolls();
    expect(await testHost.stores.attempts.read([`account:${ann.id}`])).toMatchObject([{ misses: 0 }]);
  });

  it('allows ten attempts, even if more arrive at the same moment', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    const all = await Promise.allSettled(Array.from({ length: 15 }, () => ann.proves(WRONG_NUMBER)));
    const rest = all.filter(({ status }) => status === 'rejected');
    expect(rest).toMatchObject(Array(5).fill({ reason: { code: 'CONFLICT' } }));
  });

  it('accepts the right code as the tenth attempt', async () => {
    const ann = new Person(testHost);
    await ann.begins();
    for (let i = 0; i < 9; i += 1) await ann.proves(WRONG_NUMBER);
    expect((await ann.proves(ann.code())).status).toBe('enabled');
  });

  it('can be started ten times an hour', async () => {
    const ann = new Person(testHost);
    for (let i = 0; i < 10; i += 1) await ann.begins().then(() => ann.changes());
    testHost.clock.advance(minute);
    await expect(ann.begins()).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      extra: { retryAfter: 59 * 60 },
    });
    testHost.clock.advance(59 * minute);
    await expect(ann.begins()).resolves.toBeDefined();
  });

  it('voids everything else: pending logins, step-ups of other sessions, drafts', async () => {
    const ann = await Person.protectedBy(testHost);
    const [pending, there] = [await ann.startsLogin(), ann.elsewhere()];
    await there.confirms(ann.code());
    await ann.enrolls(testHost.keys);
    const bound = { accountId: ann.id, key: ann.key };
    for (const kept of [
      { ...bound, purpose: 'pending', key: pending.key },
      { ...bound, purpose: 'step-up', key: there.key },
      { ...bound, purpose: 'draft' },
    ] as const)
      expect(await testHost.stores.tokens.newest(kept, testHost.clock.now())).toBeNull();
  });

  it('ends the other sessions, keeps this one, and no event contains a secret', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const ended = testHost.sessions.ended.filter(({ accountId }) => accountId === ann.id);
    const told = JSON.stringify(await testHost.eventsOf(ann.id));
    await testHost.outboxRelay.settled();
    const again = testHost.sessions.ended.filter(({ accountId }) => accountId === ann.id);
    expect([ended.length, again.length]).toEqual([1, 2]);
    for (const end of again) expect(end).toMatchObject({ keepKey: ann.key, version: 1 });
    for (const secret of [...ann.words, `"${String(ann.secret['secret'])}"`, `"${ann.code()}"`])
      expect(told).not.toContain(secret);
  });
});

describe('the first factor', () => {
  it('issues recovery words; the second one does not', async () => {
    const ann = new Person(testHost);
    expect(await ann.enrolls()).toMatchObject({ issued: [{ left: 5, json: { words: ann.words } }] });
    expect(await ann.enrolls(testHost.keys)).toMatchObject({ issued: [] });
    expect((await ann.accountState()).set.primaryCount).toBe(2);
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.to(ann.account)).toEqual(['enabled', 'factor-enrolled']);
  });

  it('is not always the one that issues words: a host may add them later', async () => {
    const ann = await Person.protectedBy(testHost);
    const words = (await ann.accountState()).factors.find(({ kind }) => kind === 'words')!;
    await testHost.stores.factors.remove(words.id, ann.id);
    expect(await ann.enrolls(testHost.keys)).toMatchObject({ issued: [{ left: 5 }] });
  });

  it('sets the host’s flag before anything is stored, so that a killed process protects too much', async () => {
    const { testHost: own, stores } = brittleHost();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      expect(own.directory.raised.get(ann.id)).toBe(1);
      throw new Error('killed');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('killed');
    expect((await ann.accountState()).enabled).toBe(false);
    expect(own.directory.raised.get(ann.id)).toBe(1);
  });

  it('that was killed before its commit does not look like lost rows: half a minute later the password signs in', async () => {
    const { testHost: own, stores } = brittleHost();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      throw new Error('killed');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('killed');
    stores.beforeCommit = () => undefined;
    const asks = () => own.loginGate.admit({}, ann.account, ann.origin);
    await expect(asks()).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 30 } });
    own.clock.advance(30_000);
    expect(await asks()).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(own.directory.raised.has(ann.id)).toBe(false);
    expect(await own.eventNamesOf(ann.id)).toEqual([]);
  });

  it('that was given up as killed cannot commit later, under a cleared flag', async () => {
    const { testHost: own, stores } = brittleHost();
    const ann = new Person(own);
    await ann.begins();
    let signIn: Promise<unknown> = Promise.resolve();
    stores.beforeUnit = async () => {
      own.clock.advance(30_000);
      signIn = own.loginGate.admit({}, ann.account, ann.origin);
      await signIn;
    };
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await signIn).toMatchObject({ outcome: 'admit' });
    expect((await ann.accountState()).enabled).toBe(false);
    expect(own.directory.raised.has(ann.id)).toBe(false);
  });

  it('that fails clears the flag again, so that the password signs in at once', async () => {
    const { testHost: own, stores } = brittleHost();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      stores.beforeCommit = () => undefined;
      throw new Error('no answer');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(own.directory.raised.has(ann.id)).toBe(false);
    expect(await own.loginGate.admit({}, ann.account, ann.origin)).toMatchObject({ outcome: 'admit' });
  });

  it('is not turned on when the flag cannot be set', async () => {
    const own = new TestHost();
    const ann = new Person(own);
    await ann.begins();
    own.directory.setProtected = () => Promise.reject(new Error('no answer'));
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(await ann.accountState()).toMatchObject({ enabled: false, factors: [] });
  });
});

describe('a replacement', () => {
  it('leaves the old factor working until the new one is proved', async () => {
    const ann = await Person.protectedBy(testHost);
    const old = { secret: ann.secret };
    await ann.begins();
    await ann.proves(WRONG_NUMBER);
    expect((await ann.signsInWith(testHost.numbers.code(old.secret))).status).toBe('passed');
    expect((await ann.proves(ann.code())).status).toBe('enabled');
    testHost.clock.advance(minute);
    expect(await ann.signsInWith(testHost.numbers.code(old.secret))).toMatchObject({ reason: 'wrong' });
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    expect(await ann.accountState()).toMatchObject({ set: { primaryCount: 1 }, damaged: false });
  });

  it('of a factor by one of another kind keeps the count right', async () => {
    const ann = await Person.protectedBy(testHost);
    const [old] = (await ann.accountState()).factors.filter(({ kind }) => kind === 'numbers');
    await ann.enrolls(testHost.keys, old!.id);
    expect(await ann.accountState()).toMatchObject({ set: { primaryCount: 1 }, damaged: false });
    expect(await testHost.eventNamesOf(ann.id)).toContain('factor.removed');
  });

  it('may name the only factor of a single kind', async () => {
    const ann = await Person.protectedBy(testHost);
    const [old] = (await ann.accountState()).factors.filter(({ kind }) => kind === 'numbers');
    await ann.enrolls(testHost.numbers, old!.id);
    expect((await ann.accountState()).factors.map(({ id }) => id)).not.toContain(old!.id);
  });

  it('is the only way to a new factor once the account has the maximum of five', async () => {
    const ann = new Person(testHost);
    for (let i = 0; i < 5; i += 1) {
      testHost.clock.advance(minute);
      expect((await ann.enrolls(testHost.keys)).status).toBe('enabled');
    }
    await expect(ann.begins(testHost.keys)).rejects.toMatchObject({ code: 'CONFLICT' });
    const [old] = (await ann.accountState()).factors.filter(({ kind }) => kind === 'keys');
    expect((await ann.enrolls(testHost.keys, old!.id)).status).toBe('enabled');
    expect((await ann.accountState()).set.primaryCount).toBe(5);
  });

  it('of an id that is no primary factor of this account is refused', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const words = (await ann.accountState()).factors.find(({ kind }) => kind === 'words')!;
    const [foreign] = (await bob.accountState()).factors.filter(({ kind }) => kind === 'numbers');
    for (const id of [randomUUID(), foreign!.id, words.id])
      for (const kind of [testHost.numbers, testHost.keys])
        await expect(ann.begins(kind, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('does not create a second factor of a single kind', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const [key] = (await ann.accountState()).factors.filter(({ kind }) => kind === 'keys');
    await expect(ann.begins(testHost.numbers, key!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
