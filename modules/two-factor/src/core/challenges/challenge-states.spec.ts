import type { Factor, PrimaryFactor } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { ChallengeContext } from './challenge-states.js';

class Form {
  readonly response?: string;
}

/** A kind that asks for a number, another one each time. */
function echo(): PrimaryFactor {
  let asked = 0;
  return {
    kind: 'echo',
    role: 'primary',
    multiple: false,
    guessable: false,
    form: Form,
    matches: (text) => /^echo-\d+$/.test(text),
    create: () => ({
      beginEnrollment: async () => ({}),
      showDraft: async () => ({ page: {}, json: {} }),
      finishEnrollment: async () => ({ ok: true, data: { last: 0 } }),
      prompt: async (_account, records) => {
        asked += 1;
        return { show: { asked, of: records.map(({ label }) => label) }, challengeState: { asked } };
      },
      verify: async (_record, { code }, challengeState) =>
        challengeState && code === `echo-${String(challengeState['asked'])}`
          ? { ok: true }
          : { ok: false, reason: 'wrong' },
      prompted: {
        // a malformed answer names no challenge, so it is verified
        answers: ({ code = '' }, challengeState) =>
          code === 'echo-0' || code === `echo-${String(challengeState['asked'])}`,
        again: async (_account, _records, challengeState) => ({ show: { asked: challengeState['asked'] } }),
      },
    }),
  };
}

/** A person with such a factor and a pending login. */
async function asked() {
  const testHost = new TestHost({
    factors: [
      echo(),
      ...(new TestHost().registry.recoveryKinds().map(({ definition }) => definition) as Factor[]),
    ],
  });
  const ann = new Person(testHost);
  const kind = testHost.registry.primary('echo')!;
  const who = { ...(await ann.drafter()), scope: 'full' } as const;
  await testHost.enrollment.begin(who, kind, ann.origin);
  const given = { proof: { code: 'echo-0' }, label: 'Echo' };
  await testHost.enrollment.confirm(who, kind, given, ann.origin);
  const pending = await ann.startsLogin();
  const here: ChallengeContext = { accountId: ann.id, key: pending.key, pending: pending.ref };
  const ask = async (asking = here) => {
    const { show } = await testHost.challengeStates.pose(
      'echo',
      ann.account,
      await ann.accountState(),
      asking,
    );
    return `echo-${String(show['asked'])}`;
  };
  return { testHost, ann, pending, here, ask, answers: (code: string) => ann.answers(pending, code, 'echo') };
}

const stale = { status: 'stale', kind: 'echo' };

describe('an answer that needs its challenge', () => {
  it('is accepted once, and only for the newest challenge of its place', async () => {
    const { ask, answers } = await asked();
    const [first, second] = [await ask(), await ask()];
    expect(await answers(first)).toEqual(stale);
    expect((await answers(second)).status).toBe('passed');
  });

  it('is not verified without an open challenge: a second click counts as no failure and emits no event', async () => {
    const { testHost, ann, ask, answers } = await asked();
    for (let click = 0; click < 8; click += 1) expect(await answers('echo-1')).toEqual(stale);
    expect((await answers(await ask())).status).toBe('passed');
    expect(await testHost.eventNamesOf(ann.id)).not.toContain('challenge.failed');
  });

  it('consumes its challenge also when it is wrong', async () => {
    const { ask, answers } = await asked();
    const code = await ask();
    expect(await answers('echo-0')).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect(await answers(code)).toEqual(stale);
  });

  it('costs nothing when it belongs to an older challenge, and the newest one stays open', async () => {
    const { ask, answers } = await asked();
    const older = await ask();
    const newest = await ask();
    for (let click = 0; click < 8; click += 1) expect(await answers(older)).toEqual(stale);
    expect((await answers(newest)).status).toBe('passed');
  });

  it('counts as a failure when it is wrong, and the fifth one ends the login', async () => {
    const { ask, answers } = await asked();
    for (let miss = 0; miss < 5; miss += 1) {
      await ask();
      expect(await answers('echo-0')).toMatchObject({ reason: 'wrong' });
    }
    expect((await answers(await ask())).status).toBe('void');
  });

  it('must come within five minutes', async () => {
    const { testHost, ask, answers } = await asked();
    const late = await ask();
    testHost.clock.advance(5 * 60_000);
    expect(await answers(late)).toEqual(stale);
    const early = await ask();
    testHost.clock.advance(5 * 60_000 - 1);
    expect((await answers(early)).status).toBe('passed');
  });

  it('is not accepted for the challenge of a step-up or of another login', async () => {
    const { ann, ask, answers, here } = await asked();
    expect(await answers(await ask({ accountId: ann.id, key: here.key }))).toEqual(stale);
    const other = await ann.startsLogin();
    const elsewhere = await ask({ accountId: ann.id, key: other.key, pending: other.ref });
    expect(await answers(elsewhere)).toEqual(stale);
  });

  it('is not accepted for another login, even if both have the same session key', async () => {
    const { ask, answers, here } = await asked();
    const elsewhere = await ask({ ...here, pending: { ...here.pending!, id: 'another' } });
    expect(await answers(elsewhere)).toEqual(stale);
  });

  it('sent twenty times at once signs in once', async () => {
    const { ask, answers } = await asked();
    const code = await ask();
    const all = await Promise.all(Array.from({ length: 20 }, () => answers(code)));
    const statuses = all.map(({ status }) => status).sort();
    expect(statuses).toEqual(['passed', ...Array<string>(19).fill('stale')]);
  });

  it('leaves one encrypted challenge for each place', async () => {
    const { testHost, ann, ask } = await asked();
    for (let times = 0; times < 5; times += 1) await ask();
    const kept = await testHost.stores.tokens.list(
      { purpose: 'prompt', accountId: ann.id },
      testHost.clock.now(),
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.sealed).toBeTruthy();
  });
});

describe('a challenge that is shown again', () => {
  const again = async ({ testHost, ann, here }: Awaited<ReturnType<typeof asked>>) => {
    const { show } = await testHost.challengeStates.poseAgain(
      'echo',
      ann.account,
      await ann.accountState(),
      here,
    );
    return `echo-${String(show['asked'])}`;
  };

  it('stays the same, and can still be answered only once', async () => {
    const scene = await asked();
    const code = await scene.ask();
    expect([await again(scene), await again(scene)]).toEqual([code, code]);
    expect((await scene.answers(code)).status).toBe('passed');
  });

  it('is a new one where there is none, or it is too old or belongs to another place', async () => {
    const scene = await asked();
    const first = await again(scene);
    scene.testHost.clock.advance(5 * 60_000);
    const second = await again(scene);
    expect(second).not.toBe(first);
    await scene.ask({ ...scene.here, pending: { ...scene.here.pending!, id: 'another' } });
    const third = await again(scene);
    expect(third).not.toBe(second);
    expect((await scene.answers(third)).status).toBe('passed');
  });

  it('is posed once for kinds without state, and is empty for an unknown kind', async () => {
    const { testHost, ann, here } = await asked();
    const accountState = await ann.accountState();
    for (const kind of ['words', 'palm'])
      expect(await testHost.challengeStates.poseAgain(kind, ann.account, accountState, here)).toEqual({
        show: {},
        json: {},
      });
  });
});

describe('a kind that fails to recognise its challenge', () => {
  it('accepts no answer, and counts no failure', async () => {
    const { testHost, ask, answers } = await asked();
    const code = await ask();
    const behaviour = testHost.registry.primary('echo')!.behaviour;
    const prompted = behaviour.prompted!;
    Object.assign(behaviour, { prompted: { ...prompted, answers: async () => true } });
    expect(await answers(code)).toEqual(stale);
    const failing = () => {
      throw new TypeError('oops');
    };
    Object.assign(behaviour, { prompted: { ...prompted, answers: failing } });
    for (let i = 0; i < 6; i += 1) await expect(answers(code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    Object.assign(behaviour, { prompted });
    expect((await answers(code)).status).toBe('passed');
  });
});

describe('a challenge', () => {
  it('contains only the factors of its kind', async () => {
    const { testHost, ann, here } = await asked();
    const accountState = await ann.accountState();
    expect(accountState.factors.map(({ kind }) => kind).sort()).toEqual(['echo', 'words']);
    const { show } = await testHost.challengeStates.pose('echo', ann.account, accountState, here);
    expect(show['of']).toEqual(['Echo']);
  });

  it('stores nothing for a kind without state, and shows nothing of an unknown kind', async () => {
    const { testHost, ann, here } = await asked();
    const accountState = await ann.accountState();
    expect(await testHost.challengeStates.pose('words', ann.account, accountState, here)).toEqual({
      show: {},
      json: {},
    });
    expect(await testHost.challengeStates.pose('palm', ann.account, accountState, here)).toEqual({
      show: {},
      json: {},
    });
    const of = { purpose: 'prompt', accountId: ann.id } as const;
    expect(await testHost.stores.tokens.list(of, testHost.clock.now())).toEqual([]);
  });
});
