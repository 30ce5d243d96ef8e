import { jest } from '@jest/globals';
import type { Factor, PrimaryFactor } from '../contracts/factor.js';
import { TestHost, type TestHostOptions } from '../fixtures/test-host.fixture.js';
import { NumberFactor } from '../fixtures/kinds.fixture.js';
import type { Origin } from '../common/origin.js';
import { Person } from '../fixtures/person.fixture.js';

class Form {
  readonly code?: string;
}

/** A kind that names its owner: "7:3" is account 7's answer to the third challenge. */
function badge(): PrimaryFactor {
  let asked = 0;
  const ask = () =>
    Promise.resolve({
      show: {},
      json: { asked: (asked += 1) },
      challengeState: { asked, site: 'portal.example' },
    });
  return {
    kind: 'badge',
    role: 'primary',
    multiple: false,
    guessable: false,
    form: Form,
    matches: (text) => /^[^:]*:\d+$/.test(text),
    create: () => ({
      beginEnrollment: async () => ({}),
      showDraft: async () => ({ page: {}, json: {} }),
      finishEnrollment: async () => ({ ok: true, data: {} }),
      prompt: ask,
      verify: async (_record, { code = '' }, challengeState) =>
        challengeState?.['site'] === 'portal.example' && code.endsWith(`:${String(challengeState['asked'])}`)
          ? { ok: true }
          : { ok: false, reason: 'wrong' },
      prompted: {
        // no challenge has the number 0, so such an answer is verified
        answers: ({ code = '' }, { asked: of }) => code.endsWith(':0') || code.endsWith(`:${String(of)}`),
        again: async () => ({ show: {} }),
      },
      passwordless: { invite: ask, ownerOf: ({ code = '' }) => code.split(':')[0] || null },
    }),
  };
}

const nobody: Origin = {
  actor: { type: 'system', id: 'visitor' },
  ip: '192.0.2.1',
  userAgent: null,
  requestId: null,
};

/** Ann, who has a badge, and a way to answer a challenge as any account. */
async function invited(given: Partial<TestHostOptions> = {}, { staff = false } = {}) {
  const others = new TestHost().registry.recoveryKinds().map(({ definition }) => definition) as Factor[];
  const testHost = new TestHost({
    ...({ passwordless: 'customers', factors: [badge(), ...others] } as const),
    ...given,
  });
  const ann = new Person(testHost, staff);
  const kind = testHost.registry.primary('badge')!;
  const who = { ...(await ann.drafter()), scope: 'full' } as const;
  await testHost.enrollment.begin(who, kind, ann.origin);
  await testHost.enrollment.confirm(who, kind, { proof: { code: 'x:1' }, label: 'Badge' }, ann.origin);
  const invite = async () => {
    const { ticket = '', json = {} } = (await testHost.passwordlessChallenges.create()) ?? {};
    return { ticket, code: `${ann.id}:${String(json['asked'])}` };
  };
  const answers = ({ ticket, code }: { ticket: string; code: string }) =>
    testHost.passwordless.answer(ticket, { code }, (account) => (account ? ann.origin : nobody));
  return { testHost, ann, invite, answers };
}

describe('a passwordless challenge', () => {
  it('is answered once, by the account that the answer names', async () => {
    const { ann, testHost, invite, answers } = await invited();
    const given = await invite();
    expect(await answers(given)).toMatchObject({ status: 'passed', account: { id: ann.id } });
    expect(await answers(given)).toEqual({ status: 'void' });
    const passed = (await testHost.eventsOf(ann.id)).at(-1);
    expect(passed).toMatchObject({ name: 'two-factor.challenge.passed', data: { kind: 'badge' } });
  });

  it('answered twenty times at once is accepted once', async () => {
    const { invite, answers } = await invited();
    const given = await invite();
    const all = await Promise.all(Array.from({ length: 20 }, () => answers(given)));
    expect(all.filter(({ status }) => status === 'passed')).toHaveLength(1);
  });

  it('does not accept the answer of another tab: no account is loaded, nothing is counted, no event is emitted', async () => {
    const { testHost, ann, invite, answers } = await invited();
    const [older, newer] = [await invite(), await invite()];
    const find = jest.spyOn(testHost.directory, 'find');
    for (let click = 0; click < 40; click += 1)
      expect(await answers({ ...newer, code: older.code })).toEqual({ status: 'stale', kind: 'badge' });
    expect(find).not.toHaveBeenCalled();
    expect((await answers(newer)).status).toBe('passed');
    expect(await testHost.eventNamesOf(ann.id)).not.toContain('challenge.failed');
  });

  it('that was answered is not verified again', async () => {
    const { testHost, invite, answers } = await invited();
    const given = await invite();
    await answers(given);
    const verify = jest.spyOn(testHost.registry.primary('badge')!.behaviour, 'verify');
    expect(await answers(given)).toEqual({ status: 'void' });
    expect(verify).not.toHaveBeenCalled();
  });

  it('is valid for five minutes', async () => {
    const { testHost, invite, answers } = await invited();
    const [early, late] = [await invite(), await invite()];
    testHost.clock.advance(5 * 60_000 - 1);
    expect((await answers(early)).status).toBe('passed');
    testHost.clock.advance(1);
    expect(await answers(late)).toEqual({ status: 'void' });
  });

  it('is void unless this module sealed it for this purpose', async () => {
    const { testHost, ann, invite, answers } = await invited();
    const { ticket, code } = await invite();
    const draft = testHost.secretStorage.sealToken(
      { kind: 'badge', challengeState: { asked: 1 }, expiresAt: 9e15 },
      { id: 'x', accountId: ann.id },
    );
    for (const odd of ['', '.', 'x', `x.${draft}`, `${ticket}x`, ticket.slice(1)])
      expect(await answers({ ticket: odd, code })).toEqual({ status: 'void' });
  });

  it('refuses accounts that the policy excludes, that no longer exist, or that have no such factor', async () => {
    const asStaff = await invited({}, { staff: true });
    expect(await asStaff.answers(await asStaff.invite())).toMatchObject({
      status: 'refused',
      reason: 'wrong',
    });
    const { testHost, ann, invite, answers } = await invited();
    for (const name of ['', 'somebody else', new Person(testHost).id]) {
      const given = await invite();
      const code = given.code.replace(ann.id, name);
      expect(await answers({ ...given, code })).toMatchObject({ status: 'refused', reason: 'wrong' });
    }
    ann.isSuspended();
    expect(await answers(await invite())).toMatchObject({ status: 'refused', reason: 'wrong' });
  });

  it('refuses accounts with another kind, and accounts that the host finds under another id', async () => {
    const numbers = new NumberFactor();
    const { testHost, ann, invite, answers } = await invited({ factors: [badge(), numbers.factor] });
    const bob = new Person(testHost);
    await bob.enrolls(numbers);
    testHost.directory.accounts.set(ann.id.toUpperCase(), ann.account);
    for (const name of [bob.id, ann.id.toUpperCase()]) {
      const given = await invite();
      const code = given.code.replace(ann.id, name);
      expect(await answers({ ...given, code })).toMatchObject({ status: 'refused', reason: 'wrong' });
    }
  });

  it('is not called void where the encryption fails', async () => {
    const { testHost, invite, answers } = await invited();
    const given = await invite();
    testHost.box.open = () => {
      throw new Error('no box');
    };
    await expect(answers(given)).rejects.toThrow('no box');
  });

  it('accepts staff where the policy says everyone, and is not offered where it says nobody', async () => {
    const { invite, answers } = await invited({ passwordless: 'everyone' }, { staff: true });
    expect((await answers(await invite())).status).toBe('passed');
    const { testHost } = await invited({ passwordless: 'nobody' });
    expect(await testHost.passwordlessChallenges.create()).toBeNull();
  });

  it('emits an event for a wrong answer, counts for no account, and blocks an address after thirty', async () => {
    const { testHost, ann, invite, answers } = await invited();
    const until = testHost.clock.now() + 5 * 60_000;
    for (let miss = 0; miss < 30; miss += 1) {
      const given = await invite();
      const code = miss % 2 ? `${ann.id}:0` : 'somebody:0';
      expect((await answers({ ...given, code })).status).toBe('refused');
    }
    testHost.clock.advance(1);
    for (const code of [`${ann.id}:0`, 'somebody:0'])
      expect(await answers({ ...(await invite()), code })).toEqual({
        status: 'throttled',
        kind: 'badge',
        until,
      });
    expect((await testHost.eventNamesOf(ann.id)).filter((name) => name === 'challenge.failed')).toHaveLength(
      15,
    );
    testHost.clock.set(until);
    expect((await answers(await invite())).status).toBe('passed');
  });

  it('with a malformed answer costs nothing', async () => {
    const { invite, answers } = await invited();
    for (let times = 0; times < 40; times += 1)
      expect(await answers({ ...(await invite()), code: 'garbage' })).toEqual({ status: 'malformed' });
    expect((await answers(await invite())).status).toBe('passed');
  });

  it('refuses a damaged account, and anonymous requests do not raise its alarm', async () => {
    const { testHost, ann, invite, answers } = await invited();
    await testHost.stores.factors.insert(testHost.sets.newFactor(ann.account, 'palm', 'planted', {}));
    expect(await answers(await invite())).toMatchObject({ status: 'refused', reason: 'wrong' });
    const factor = (await ann.accountState()).factors.find(({ kind }) => kind === 'badge');
    await testHost.stores.factors.remove(factor?.id ?? '', ann.id);
    expect(await answers(await invite())).toMatchObject({ status: 'refused', reason: 'wrong' });
    expect(await testHost.eventNamesOf(ann.id)).not.toContain('alarm');
  });
});
