import type { Factor, PrimaryFactor } from '../contracts/factor.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { Asking } from './questions.js';

class Form {
  readonly response?: string;
}

/** A kind that asks for a number back, another one each time. */
function echo(): PrimaryFactor {
  let asked = 0;
  return {
    ...{ kind: 'echo', role: 'primary', many: false, guessable: false, form: Form },
    reads: (text) => /^echo-\d+$/.test(text),
    create: () => ({
      beginEnrolment: async () => ({}),
      showDraft: async () => ({ page: {}, json: {} }),
      finishEnrolment: async () => ({ ok: true, data: { last: 0 } }),
      prompt: async (_account, records) => {
        asked += 1;
        return { show: { asked, of: records.map(({ label }) => label) }, memo: { asked } };
      },
      verify: async (_record, { code }, memo) =>
        memo && code === `echo-${String(memo['asked'])}` ? { ok: true } : { ok: false, reason: 'wrong' },
      prompted: {
        // what is odd names no question: it is judged
        answers: ({ code = '' }, memo) => code === 'echo-0' || code === `echo-${String(memo['asked'])}`,
        again: async (_account, _records, memo) => ({ show: { asked: memo['asked'] } }),
      },
    }),
  };
}

/** Somebody with such a factor, at a held login. */
async function asked() {
  const house = new House({
    factors: [echo(), ...(new House().registry.recoveries().map(({ card }) => card) as Factor[])],
  });
  const ann = new Person(house);
  const kind = house.registry.primary('echo')!;
  const who = { ...(await ann.drafter()), reach: 'full' } as const;
  await house.enrolments.begin(who, kind, ann.origin);
  const given = { proof: { code: 'echo-0' }, label: 'Echo' };
  await house.enrolments.confirm(who, kind, given, ann.origin);
  const held = await ann.parks();
  const here: Asking = { accountId: ann.id, key: held.key, held: held.ref };
  const ask = async (asking = here) => {
    const { show } = await house.questions.ask('echo', ann.account, await ann.standing(), asking);
    return `echo-${String(show['asked'])}`;
  };
  return { house, ann, held, here, ask, answers: (code: string) => ann.answers(held, code, 'echo') };
}

const stale = { status: 'stale', kind: 'echo' };

describe('an answer that needs its question', () => {
  it('is right once, to the question that was asked here last', async () => {
    const { ask, answers } = await asked();
    const [first, second] = [await ask(), await ask()];
    expect(await answers(first)).toEqual(stale);
    expect((await answers(second)).status).toBe('passed');
  });

  it('is none where nothing was asked, and is not looked at: the owner’s second click costs nothing, and is not told', async () => {
    const { house, ann, ask, answers } = await asked();
    for (let click = 0; click < 8; click += 1) expect(await answers('echo-1')).toEqual(stale);
    expect((await answers(await ask())).status).toBe('passed');
    expect(await house.news(ann.id)).not.toContain('challenge.failed');
  });

  it('uses its question up where it was wrong', async () => {
    const { ask, answers } = await asked();
    const code = await ask();
    expect(await answers('echo-0')).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect(await answers(code)).toEqual(stale);
  });

  it('costs nothing where it is of an older question, and the newest one stays open', async () => {
    const { ask, answers } = await asked();
    const older = await ask();
    const newest = await ask();
    for (let click = 0; click < 8; click += 1) expect(await answers(older)).toEqual(stale);
    expect((await answers(newest)).status).toBe('passed');
  });

  it('costs a miss where it is wrong, and the fifth the login', async () => {
    const { ask, answers } = await asked();
    for (let miss = 0; miss < 5; miss += 1) {
      await ask();
      expect(await answers('echo-0')).toMatchObject({ reason: 'wrong' });
    }
    expect((await answers(await ask())).status).toBe('void');
  });

  it('comes within five minutes', async () => {
    const { house, ask, answers } = await asked();
    const late = await ask();
    house.clock.advance(5 * 60_000);
    expect(await answers(late)).toEqual(stale);
    const early = await ask();
    house.clock.advance(5 * 60_000 - 1);
    expect((await answers(early)).status).toBe('passed');
  });

  it('does not answer what was asked at a confirmation, or of another login', async () => {
    const { ann, ask, answers, here } = await asked();
    expect(await answers(await ask({ accountId: ann.id, key: here.key }))).toEqual(stale);
    const other = await ann.parks();
    const elsewhere = await ask({ accountId: ann.id, key: other.key, held: other.ref });
    expect(await answers(elsewhere)).toEqual(stale);
  });

  it('does not answer what was asked of another login, also where both have one key', async () => {
    const { ask, answers, here } = await asked();
    const elsewhere = await ask({ ...here, held: { ...here.held!, id: 'another' } });
    expect(await answers(elsewhere)).toEqual(stale);
  });

  it('sent twenty times at once lets one in', async () => {
    const { ask, answers } = await asked();
    const code = await ask();
    const all = await Promise.all(Array.from({ length: 20 }, () => answers(code)));
    const statuses = all.map(({ status }) => status).sort();
    expect(statuses).toEqual(['passed', ...Array<string>(19).fill('stale')]);
  });

  it('leaves one question a place behind, sealed', async () => {
    const { house, ann, ask } = await asked();
    for (let times = 0; times < 5; times += 1) await ask();
    const kept = await house.stores.tokens.list({ purpose: 'prompt', accountId: ann.id }, house.clock.now());
    expect(kept).toHaveLength(1);
    expect(kept[0]?.sealed).toBeTruthy();
  });
});

describe('a question that is shown again', () => {
  const again = async ({ house, ann, here }: Awaited<ReturnType<typeof asked>>) => {
    const { show } = await house.questions.again('echo', ann.account, await ann.standing(), here);
    return `echo-${String(show['asked'])}`;
  };

  it('is the one that was asked, and answered once all the same', async () => {
    const scene = await asked();
    const code = await scene.ask();
    expect([await again(scene), await again(scene)]).toEqual([code, code]);
    expect((await scene.answers(code)).status).toBe('passed');
  });

  it('is a new one where there is none, or it is too old, or of elsewhere', async () => {
    const scene = await asked();
    const first = await again(scene);
    scene.house.clock.advance(5 * 60_000);
    const second = await again(scene);
    expect(second).not.toBe(first);
    await scene.ask({ ...scene.here, held: { ...scene.here.held!, id: 'another' } });
    const third = await again(scene);
    expect(third).not.toBe(second);
    expect((await scene.answers(third)).status).toBe('passed');
  });

  it('is asked once for kinds that need none again, and shows nothing of one that nobody knows', async () => {
    const { house, ann, here } = await asked();
    const standing = await ann.standing();
    for (const kind of ['words', 'palm'])
      expect(await house.questions.again(kind, ann.account, standing, here)).toEqual({ show: {}, json: {} });
  });
});

describe('a kind whose question cannot be told', () => {
  it('lets nobody in, and costs nothing', async () => {
    const { house, ask, answers } = await asked();
    const code = await ask();
    const act = house.registry.primary('echo')!.act;
    const prompted = act.prompted!;
    Object.assign(act, { prompted: { ...prompted, answers: async () => true } });
    expect(await answers(code)).toEqual(stale);
    const failing = () => {
      throw new TypeError('oops');
    };
    Object.assign(act, { prompted: { ...prompted, answers: failing } });
    for (let i = 0; i < 6; i += 1) await expect(answers(code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    Object.assign(act, { prompted });
    expect((await answers(code)).status).toBe('passed');
  });
});

describe('a question', () => {
  it('is of the factors of its kind alone', async () => {
    const { house, ann, here } = await asked();
    const standing = await ann.standing();
    expect(standing.factors.map(({ kind }) => kind).sort()).toEqual(['echo', 'words']);
    const { show } = await house.questions.ask('echo', ann.account, standing, here);
    expect(show['of']).toEqual(['Echo']);
  });

  it('of a kind that needs none again leaves nothing behind, and of one that nobody knows shows nothing', async () => {
    const { house, ann, here } = await asked();
    const standing = await ann.standing();
    expect(await house.questions.ask('words', ann.account, standing, here)).toEqual({ show: {}, json: {} });
    expect(await house.questions.ask('palm', ann.account, standing, here)).toEqual({ show: {}, json: {} });
    const of = { purpose: 'prompt', accountId: ann.id } as const;
    expect(await house.stores.tokens.list(of, house.clock.now())).toEqual([]);
  });
});
