import { randomUUID } from 'node:crypto';
import { brittleHouse } from '../fixtures/brittle-stores.fixture.js';
import type { FactorRecord } from '../contracts/factor.js';
import { House } from '../fixtures/house.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const minute = 60_000;
const house = new House();
const draftOf = async (person: Person, key = person.key) =>
  house.drafts.current(await person.drafter(key), 'numbers');

describe('a set-up', () => {
  it('turns nothing on until the new factor is proved', async () => {
    const ann = new Person(house);
    await ann.begins();
    expect(await ann.proves(WRONG_NUMBER)).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect(await ann.standing()).toMatchObject({ enabled: false, factors: [] });
    expect(await house.admission.admit({}, ann.account, ann.origin)).toMatchObject({
      outcome: 'admit',
      reason: 'unprotected',
    });
    expect(house.directory.raised.has(ann.id)).toBe(false);
    expect(await house.news(ann.id)).toEqual([]);
    expect((await ann.proves(ann.code())).status).toBe('enabled');
    expect((await ann.standing()).enabled).toBe(true);
  });

  it('shows the same however often it is looked at, for 15 minutes', async () => {
    const ann = new Person(house);
    await ann.begins();
    const first = await draftOf(ann);
    house.clock.advance(15 * minute - 1);
    expect(await draftOf(ann)).toEqual(first);
    house.clock.advance(1);
    expect(await draftOf(ann)).toBeNull();
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('begins from what there is of its kind, opened', async () => {
    const own = new House();
    const ann = await Person.protectedBy(own);
    await ann.enrols(own.keys);
    const { secret } = ann.secret;
    const { beginEnrolment } = own.keys;
    let known: readonly FactorRecord[] = [];
    own.keys.beginEnrolment = async (_account?: unknown, records: readonly FactorRecord[] = []) => {
      known = records;
      return beginEnrolment.call(own.keys);
    };
    await ann.begins(own.keys);
    expect(known).toMatchObject([{ kind: 'keys', label: 'Phone', data: { secret } }]);
  });

  it('belongs to its session and its account', async () => {
    const [ann, bob] = [new Person(house), new Person(house)];
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
        await person.begins(house.keys);
        await person.proves(person.code(0, house.keys), house.keys);
      },
    ],
  ])('is void after a change of %s', async (_what, change) => {
    const ann = new Person(house);
    await ann.begins();
    await change(ann);
    expect(await draftOf(ann)).toBeNull();
  });

  it('takes ten tries, none of them a miss of the account or for what is no code', async () => {
    const ann = new Person(house);
    await ann.begins();
    for (let i = 0; i < 20; i += 1)
      expect(await ann.proves('1234')).toMatchObject({ status: 'refused', reason: 'malformed' });
    for (let i = 0; i < 10; i += 1) expect((await ann.proves(WRONG_NUMBER)).status).toBe('refused');
    const { looks } = house.numbers;
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect([house.numbers.looks - looks, await draftOf(ann)]).toEqual([0, null]);
    house.clock.advance(1);
    await ann.enrols();
    expect(await house.stores.attempts.read([`account:${ann.id}`])).toMatchObject([{ misses: 0 }]);
  });

  it('takes ten tries, also where more come at the same moment', async () => {
    const ann = new Person(house);
    await ann.begins();
    const all = await Promise.allSettled(Array.from({ length: 15 }, () => ann.proves(WRONG_NUMBER)));
    const rest = all.filter(({ status }) => status === 'rejected');
    expect(rest).toMatchObject(Array(5).fill({ reason: { code: 'CONFLICT' } }));
  });

  it('takes the right code as the tenth try', async () => {
    const ann = new Person(house);
    await ann.begins();
    for (let i = 0; i < 9; i += 1) await ann.proves(WRONG_NUMBER);
    expect((await ann.proves(ann.code())).status).toBe('enabled');
  });

  it('may be started ten times an hour', async () => {
    const ann = new Person(house);
    for (let i = 0; i < 10; i += 1) await ann.begins();
    house.clock.advance(minute);
    await expect(ann.begins()).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      extra: { retryAfter: 59 * 60 },
    });
    house.clock.advance(59 * minute);
    await expect(ann.begins()).resolves.toBeDefined();
  });

  it('confirmed twice at the same moment makes one factor', async () => {
    const ann = new Person(house);
    await ann.begins();
    const both = await Promise.allSettled([ann.proves(ann.code()), ann.proves(ann.code())]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect((await ann.standing()).factors.map(({ kind }) => kind).sort()).toEqual(['numbers', 'words']);
  });

  it('takes along whatever else was begun: held logins, step-ups, drafts', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await ann.confirms(ann.code());
    await ann.enrols(house.keys);
    const bound = { accountId: ann.id, key: ann.key };
    for (const of of [
      { ...bound, purpose: 'held', key: held.key },
      { ...bound, purpose: 'step-up' },
      { ...bound, purpose: 'draft' },
    ] as const)
      expect(await house.stores.tokens.newest(of, house.clock.now())).toBeNull();
  });

  it('ends the other sessions, keeps this one, and tells nothing secret', async () => {
    const ann = new Person(house);
    await ann.enrols();
    const ended = house.sessions.ended.filter(({ accountId }) => accountId === ann.id);
    const told = JSON.stringify(await house.told(ann.id));
    await house.handOver.settled();
    const again = house.sessions.ended.filter(({ accountId }) => accountId === ann.id);
    expect([ended.length, again.length]).toEqual([1, 2]);
    for (const end of again) expect(end).toMatchObject({ keepKey: ann.key, version: 1 });
    for (const secret of [...ann.words, `"${String(ann.secret['secret'])}"`, `"${ann.code()}"`])
      expect(told).not.toContain(secret);
  });
});

describe('the first factor', () => {
  it('hands out recovery words; the second one does not', async () => {
    const ann = new Person(house);
    expect(await ann.enrols()).toMatchObject({ issued: [{ left: 5, json: { words: ann.words } }] });
    expect(await ann.enrols(house.keys)).toMatchObject({ issued: [] });
    expect((await ann.standing()).set.primaries).toBe(2);
    await house.handOver.settled();
    expect(house.letterbox.to(ann.account)).toEqual(['enabled', 'factor-enrolled']);
  });

  it('is not the one that hands out words where a host offers them only since', async () => {
    const ann = await Person.protectedBy(house);
    const words = (await ann.standing()).factors.find(({ kind }) => kind === 'words')!;
    await house.stores.factors.remove(words.id, ann.id);
    expect(await ann.enrols(house.keys)).toMatchObject({ issued: [{ left: 5 }] });
  });

  it('raises the host’s gate before anything is kept, so that a kill in between protects too much', async () => {
    const { house: own, stores } = brittleHouse();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      expect(own.directory.raised.get(ann.id)).toBe(1);
      throw new Error('killed');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('killed');
    expect((await ann.standing()).enabled).toBe(false);
    expect(own.directory.raised.get(ann.id)).toBe(1);
  });

  it('that was killed before it committed is not taken for lost rows: half a minute later the password signs in', async () => {
    const { house: own, stores } = brittleHouse();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      throw new Error('killed');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('killed');
    stores.beforeCommit = () => undefined;
    const asks = () => own.admission.admit({}, ann.account, ann.origin);
    await expect(asks()).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 30 } });
    own.clock.advance(30_000);
    expect(await asks()).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(own.directory.raised.has(ann.id)).toBe(false);
    expect(await own.news(ann.id)).toEqual([]);
  });

  it('that was given up for killed cannot commit late, under a lowered flag', async () => {
    const { house: own, stores } = brittleHouse();
    const ann = new Person(own);
    await ann.begins();
    let signIn: Promise<unknown> = Promise.resolve();
    stores.beforeUnit = async () => {
      own.clock.advance(30_000);
      signIn = own.admission.admit({}, ann.account, ann.origin);
      await signIn;
    };
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await signIn).toMatchObject({ outcome: 'admit' });
    expect((await ann.standing()).enabled).toBe(false);
    expect(own.directory.raised.has(ann.id)).toBe(false);
  });

  it('that fails lowers the flag again, so that the password signs in at once', async () => {
    const { house: own, stores } = brittleHouse();
    const ann = new Person(own);
    await ann.begins();
    stores.beforeCommit = () => {
      stores.beforeCommit = () => undefined;
      throw new Error('no answer');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(own.directory.raised.has(ann.id)).toBe(false);
    expect(await own.admission.admit({}, ann.account, ann.origin)).toMatchObject({ outcome: 'admit' });
  });

  it('is not turned on when the gate cannot be raised', async () => {
    const own = new House();
    const ann = new Person(own);
    await ann.begins();
    own.directory.protected = () => Promise.reject(new Error('no answer'));
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(await ann.standing()).toMatchObject({ enabled: false, factors: [] });
  });
});

describe('a replacement', () => {
  it('leaves the old factor working until the new one is proved, and then takes its place', async () => {
    const ann = await Person.protectedBy(house);
    const old = { secret: ann.secret };
    await ann.begins();
    await ann.proves(WRONG_NUMBER);
    expect((await ann.signsInWith(house.numbers.code(old.secret))).status).toBe('passed');
    expect((await ann.proves(ann.code())).status).toBe('enabled');
    house.clock.advance(minute);
    expect(await ann.signsInWith(house.numbers.code(old.secret))).toMatchObject({ reason: 'wrong' });
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    expect(await ann.standing()).toMatchObject({ set: { primaries: 1 }, damaged: false });
  });

  it('of a factor by one of another kind keeps the count right', async () => {
    const ann = await Person.protectedBy(house);
    const [old] = (await ann.standing()).factors.filter(({ kind }) => kind === 'numbers');
    await ann.enrols(house.keys, old!.id);
    expect(await ann.standing()).toMatchObject({ set: { primaries: 1 }, damaged: false });
    expect(await house.news(ann.id)).toContain('factor.removed');
  });

  it('may name the only one of a kind that is there once', async () => {
    const ann = await Person.protectedBy(house);
    const [old] = (await ann.standing()).factors.filter(({ kind }) => kind === 'numbers');
    await ann.enrols(house.numbers, old!.id);
    expect((await ann.standing()).factors.map(({ id }) => id)).not.toContain(old!.id);
  });

  it('is all there is for a kind of which there are five', async () => {
    const ann = new Person(house);
    for (let i = 0; i < 5; i += 1) {
      house.clock.advance(minute);
      expect((await ann.enrols(house.keys)).status).toBe('enabled');
    }
    await expect(ann.begins(house.keys)).rejects.toMatchObject({ code: 'CONFLICT' });
    const [old] = (await ann.standing()).factors.filter(({ kind }) => kind === 'keys');
    expect((await ann.enrols(house.keys, old!.id)).status).toBe('enabled');
    expect((await ann.standing()).set.primaries).toBe(5);
  });

  it('of what is no primary factor of this account is refused', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const words = (await ann.standing()).factors.find(({ kind }) => kind === 'words')!;
    const [foreign] = (await bob.standing()).factors.filter(({ kind }) => kind === 'numbers');
    for (const id of [randomUUID(), foreign!.id, words.id])
      for (const kind of [house.numbers, house.keys])
        await expect(ann.begins(kind, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('does not make a second factor of a kind that is there once', async () => {
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    const [key] = (await ann.standing()).factors.filter(({ kind }) => kind === 'keys');
    await expect(ann.begins(house.numbers, key!.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
