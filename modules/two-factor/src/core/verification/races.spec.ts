import { brittleHouse } from '../fixtures/brittle-stores.fixture.js';
import type { Verdict } from '../contracts/factor.js';
import { House } from '../fixtures/house.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { Answer } from './prover.js';

/** Answers to held logins of their own, all at the same moment. */
async function atOnce(person: Person, codes: readonly string[]): Promise<Answer[]> {
  const helds = [];
  for (const code of codes) helds.push({ held: await person.parks(), code });
  return Promise.all(helds.map(({ held, code }) => person.answers(held, code)));
}

const count = (answers: readonly Answer[], status: string): number =>
  answers.filter((answer) => answer.status === status).length;

describe('at the same moment', () => {
  it('one right code sent to 20 held logins lets exactly one in, and leaves no miss', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const answers = await atOnce(ann, Array<string>(20).fill(ann.code()));
    expect(count(answers, 'passed')).toBe(1);
    const [misses] = await house.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0, waitsUntil: 0 });
    expect((await house.news(ann.id)).filter((name) => name === 'challenge.passed')).toHaveLength(1);
  });

  it('one recovery word sent to 20 held logins lets exactly one in, and costs one word', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const answers = await atOnce(ann, Array<string>(20).fill(ann.words[0]!));
    expect(count(answers, 'passed')).toBe(1);
    expect((await house.overview.of(ann.id)).left).toEqual({ wordsLeft: 4 });
  });

  it('all five words sent to five held logins let everyone in', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    expect(count(await atOnce(ann, ann.words), 'passed')).toBe(5);
    expect((await house.overview.of(ann.id)).left).toEqual({ wordsLeft: 0 });
  });

  it('30 wrong codes are looked at five times', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const looks = house.numbers.looks;
    const answers = await atOnce(ann, Array<string>(30).fill(WRONG_NUMBER));
    expect([count(answers, 'refused'), count(answers, 'throttled')]).toEqual([5, 25]);
    expect(house.numbers.looks - looks).toBe(5);
    const locked = (await house.news(ann.id)).filter((name) => name === 'challenge.locked');
    expect(locked).toHaveLength(1);
  });

  it('30 wrong words to one held login are looked at five times', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    const looks = house.words.looks;
    const answers = await Promise.all(Array.from({ length: 30 }, () => ann.answers(held, WRONG_WORD)));
    expect([house.words.looks - looks, count(answers, 'refused')]).toEqual([5, 5]);
    const until = house.clock.now() + 60_000;
    const others = answers.filter(({ status }) => status !== 'refused');
    expect(others).toEqual(Array(25).fill({ status: 'throttled', kind: 'words', until }));
  });

  it('a code at sign-in and the same at a step-up count once', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    const [answer, confirmed] = await Promise.all([ann.answers(held, ann.code()), ann.confirms(ann.code())]);
    expect([answer.status, confirmed.status].sort()).toEqual(['passed', 'refused']);
  });
});

describe('a right code that loses races', () => {
  async function losing(losses: number) {
    const { house, stores } = brittleHouse();
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    const looks = house.numbers.looks;
    stores.losses = losses;
    const answer = ann.answers(held, ann.code());
    return { house, ann, answer, held, looks: () => house.numbers.looks - looks };
  }

  it('is judged again each time, and never refused for having been slower', async () => {
    const { answer, looks } = await losing(11);
    expect((await answer).status).toBe('passed');
    expect(looks()).toBe(12);
  });

  it('is void where the account changed meanwhile', async () => {
    const { house, stores } = brittleHouse();
    const ann = await Person.protectedBy(house);
    const { verify } = house.numbers;
    house.numbers.verify = async (record, proof) => {
      await house.renewal.renew(await ann.owner(), house.registry.recovery('words')!, ann.origin);
      stores.losses = 1;
      return verify.call(house.numbers, record, proof);
    };
    expect(await ann.confirms(ann.code())).toEqual({ status: 'void' });
    house.numbers.verify = verify;
    expect(await house.stepUps.fresh(await ann.browser(), 10)).toBe(false);
    expect((await ann.confirms(ann.code())).status).toBe('passed');
  });

  it('is told to come again after twelve, which costs nothing', async () => {
    const { answer, ann, house, held } = await losing(12);
    await expect(answer).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 1 } });
    const [misses] = await house.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0 });
    expect((await ann.answers(held, ann.code())).status).toBe('passed');
  });
});

describe('an answer that fits several factors of a kind', () => {
  it('steps all of them forward, so that it cannot be used on the next', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    const first = ann.secret;
    await ann.enrols(house.keys);
    const keys = (await ann.standing()).factors.filter(({ kind }) => kind === 'keys');
    for (const key of keys) {
      const sealed = house.vault.sealFactor({ ...first, last: 0 }, key);
      await house.stores.factors.update(key, { sealed, lastUsedAt: 0 });
    }
    const code = house.keys.code(first);
    expect((await ann.answers(await ann.parks(), code, 'keys')).status).toBe('passed');
    expect(await ann.answers(await ann.parks(), code, 'keys')).toMatchObject({ reason: 'used' });
  });

  it('and was used on one of them is used, whatever the others say, and costs nothing', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    const secrets = [];
    for (let i = 0; i < 2; i += 1) {
      house.clock.advance(60_000);
      await ann.enrols(house.keys);
      secrets.push(ann.secret);
    }
    house.clock.advance(60_000);
    for (const secret of secrets) {
      const code = house.keys.code(secret);
      expect((await ann.answers(await ann.parks(), code, 'keys')).status).toBe('passed');
      expect(await ann.answers(await ann.parks(), code, 'keys')).toMatchObject({ reason: 'used' });
    }
    const [misses] = await house.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 0 });
  });

  it('and is a copy’s to one of them is a copy’s, whatever the others say', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    await ann.enrols(house.keys);
    const said: Verdict[] = [
      { ok: false, reason: 'copied' },
      { ok: false, reason: 'wrong' },
    ];
    house.keys.verify = async () => said.shift()!;
    expect(await ann.answers(await ann.parks(), WRONG_NUMBER, 'keys')).toMatchObject({ reason: 'copied' });
    await house.handOver.settled();
    expect(house.letterbox.to(ann.account)).toContain('copied');
  });

  it('and to none of them is one miss', async () => {
    const house = new House();
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    await ann.enrols(house.keys);
    await ann.answers(await ann.parks(), WRONG_NUMBER, 'keys');
    const [misses] = await house.stores.attempts.read([`account:${ann.id}`]);
    expect(misses).toMatchObject({ misses: 1 });
  });
});
