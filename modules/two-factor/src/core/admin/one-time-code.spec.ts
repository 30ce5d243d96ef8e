import { WRONG_DESK_CODE, WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp, suspension } from '../fixtures/acts.fixture.js';
import { TestHost, type TestHostOptions } from '../fixtures/test-host.fixture.js';

const minute = 60_000;
const agent = { type: 'staff', id: 'sam' } as const;

/** Staff hand a code out for the person; it is read out on the telephone. */
async function handsOut({ id, testHost }: Person): Promise<string> {
  const request = { mode: 'one-time-code', reason: 'phone in the repair shop' } as const;
  const { oneTimeCode } = await testHost.admin.resets.run(id, request, agent);
  return oneTimeCode!.code;
}

async function called(options: TestHostOptions = {}) {
  const ann = await Person.protectedBy(new TestHost(options));
  return { ann, code: await handsOut(ann) };
}

describe('a code that staff handed out', () => {
  it('signs in once, in the field of any kind', async () => {
    for (const asked of ['desk', 'numbers', 'words']) {
      const { ann, code } = await called();
      const answer = await ann.answers(await ann.startsLogin(), code, asked);
      expect(answer).toMatchObject({ status: 'passed', kind: 'desk', left: { left: 0 } });
      expect((await ann.signsInWith(code)).status).toBe('refused');
    }
  });

  it('is told once, and is in no row, event or mail', async () => {
    const { ann, code } = await called();
    await ann.signsInWith(code);
    const events = await ann.testHost.eventsOf(ann.id);
    const { stores, letterbox, clock } = ann.testHost;
    const tokens = await stores.tokens.list({ purpose: 'one-time-code', accountId: ann.id }, clock.now());
    const told = JSON.stringify([events, letterbox.mails(ann.account), tokens]);
    expect(told).toContain('reset');
    expect(told).not.toContain(code);
  });

  it('leaves all factors, and ends sessions, pending logins and trusted browsers', async () => {
    const ann = await Person.protectedBy(new TestHost({ skips: [] }));
    const before = await ann.startsLogin();
    const factors = (await ann.accountState()).factors.length;
    ann.testHost.sessions.ended.length = 0;
    await handsOut(ann);
    expect(await ann.accountState()).toMatchObject({ enabled: true, damaged: false, mustEnroll: false });
    expect((await ann.accountState()).factors).toHaveLength(factors);
    expect(ann.testHost.sessions.ended[0]).toMatchObject({ accountId: ann.id, keepKey: null });
    expect(await ann.testHost.pendingLogins.find({ ...before.ref, key: before.key })).toBeNull();
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('emits its event, and mails the owner when it is made and when it is used', async () => {
    const { ann, code } = await called();
    const until = ann.testHost.clock.now() + 72 * 60 * minute;
    await ann.signsInWith(code);
    const told = (await ann.testHost.eventsOf(ann.id)).slice(3).map(({ name, data }) => [name, data]);
    expect(told).toEqual([
      ['two-factor.reset', { mode: 'one-time-code', reason: 'phone in the repair shop' }],
      ['two-factor.brake.started', { cause: 'reset', until }],
      ['two-factor.challenge.required', { state: 'challenge' }],
      ['two-factor.challenge.passed', { kind: 'desk' }],
      ['two-factor.desk.used', { left: 0 }],
    ]);
    expect(ann.testHost.letterbox.to(ann.account)).toEqual([
      ...['enabled', 'reset-one-time-code', 'brake-started', 'recovery-code-used'],
    ]);
  });

  it('ends after ten minutes', async () => {
    const { ann, code } = await called();
    ann.testHost.clock.advance(10 * minute - 1);
    const pending = await ann.startsLogin();
    ann.testHost.clock.advance(1);
    expect((await ann.answers(pending, code)).status).not.toBe('passed');
    expect((await ann.signsInWith(code)).status).toBe('refused');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('is void when a newer one is made', async () => {
    const { ann, code } = await called();
    ann.testHost.clock.advance(minute);
    const newer = await handsOut(ann);
    expect((await ann.signsInWith(code)).status).toBe('refused');
    expect((await ann.signsInWith(newer)).status).toBe('passed');
  });

  it.each<[string, (ann: Person) => unknown]>([
    ['password, e-mail or role', (ann) => ann.changes()],
    ['password, at a host that keeps its stamp', (ann) => ann.testHost.admin.passwordChanged(ann.id)],
    ['factors', (ann) => ann.enrolls(ann.testHost.keys)],
  ])('is void after a change of %s', async (_what, change) => {
    const { ann, code } = await called();
    await change(ann);
    expect((await ann.signsInWith(code)).status).not.toBe('passed');
  });

  it('is offered at a sign-in while it is open, and nowhere else', async () => {
    const { ann, code } = await called();
    const { testHost } = ann;
    expect((await ann.startsLogin()).accountState.oneTimeCode).toBeDefined();
    const until = testHost.clock.now() + 10 * minute;
    expect(await testHost.statusReader.read(ann.id)).toMatchObject({ oneTimeCodeUntil: until });
    expect((await ann.confirms(code)).status).toBe('malformed');
    await ann.signsInWith(code);
    expect((await ann.startsLogin()).accountState.oneTimeCode).toBeUndefined();
    expect(await testHost.statusReader.read(ann.id)).toMatchObject({ oneTimeCodeUntil: null });
  });

  it('of another person does not sign in', async () => {
    const testHost = new TestHost();
    const [ann, eve] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const [code] = [await handsOut(ann), await handsOut(eve)];
    expect((await eve.signsInWith(code)).status).toBe('refused');
    expect((await ann.signsInWith(code)).status).toBe('passed');
  });

  it('opens one replacing set-up, and neither another change nor a dangerous action', async () => {
    const { ann, code } = await called();
    const pending = await ann.startsLogin();
    await ann.answers(pending, code);
    const { stepUpTokens } = ann.testHost;
    expect(await stepUpTokens.scope(await ann.browser(pending.key), setUp)).toBe('replace');
    expect(await stepUpTokens.isRecovering(await ann.browser(pending.key))).toBe(true);
    expect(await ann.may(suspension, 5, pending.key)).toBe(false);
  });

  it('trusts no browser', async () => {
    const { ann, code } = await called({
      skips: [{ name: 'x', applies: async () => false, offers: () => 30 }],
    });
    const answer = await ann.answers(await ann.startsLogin(), code, 'desk', { trust: true });
    expect(answer).toMatchObject({ status: 'passed', device: undefined });
  });

  it('works during a wait after wrong codes, and ends it', async () => {
    const ann = await Person.protectedBy(new TestHost());
    for (let i = 0; i < 5; i += 1) await ann.signsInWith(WRONG_NUMBER);
    expect((await ann.signsInWith(ann.code())).status).toBe('throttled');
    expect((await ann.signsInWith(await handsOut(ann))).status).toBe('passed');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('can be guessed five times in a sign-in, which ends then; wrong ones are recorded', async () => {
    const { ann } = await called();
    const pending = await ann.startsLogin();
    for (let i = 1; i <= 5; i += 1)
      expect(await ann.answers(pending, WRONG_DESK_CODE)).toMatchObject({
        status: 'refused',
        spent: i === 5,
      });
    const told = await ann.testHost.eventNamesOf(ann.id);
    expect(told.filter((name) => name === 'challenge.failed')).toHaveLength(5);
    expect(ann.testHost.securityLog.wrong).toHaveLength(5);
  });

  it('signs in once of 20 times at the same moment', async () => {
    const { ann, code } = await called();
    const pendings = [];
    for (let i = 0; i < 20; i += 1) pendings.push(await ann.startsLogin());
    const answers = await Promise.all(pendings.map((pending) => ann.answers(pending, code)));
    expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(1);
    expect((await ann.testHost.eventNamesOf(ann.id)).filter((name) => name === 'desk.used')).toHaveLength(1);
  });

  it('whose data is damaged does not sign in, and is not counted', async () => {
    const { ann, code } = await called();
    ann.testHost.desk.failure = new Error('broken');
    await expect(ann.signsInWith(code)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    ann.testHost.desk.failure = null;
    expect((await ann.signsInWith(code)).status).toBe('passed');
  });
});
