import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('the gate', () => {
  const admit = (person: Person, request = {}) =>
    person.testHost.loginGate.admit(request, person.account, person.origin);

  it('admits an account that has no factor and needs none', async () => {
    const ann = new Person(new TestHost());
    expect(await admit(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(await ann.testHost.eventNamesOf(ann.id)).toEqual([]);
  });

  it('makes the login of an account with a factor pending, for ten minutes', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const request = {};
    const admitted = await admit(ann, request);
    const expiresAt = ann.testHost.clock.now() + 600_000;
    expect(admitted).toMatchObject({ outcome: 'challenge', pending: { accountId: ann.id, expiresAt } });
    expect(await ann.testHost.sessions.current(request)).toBeNull();
    expect((await ann.startsLogin()).state).toBe('challenge');
    expect(await ann.testHost.eventNamesOf(ann.id)).toContain('challenge.required');
  });

  it.each([
    ['none', false, 'admit'],
    ['none', true, 'admit'],
    ['staff', false, 'admit'],
    ['staff', true, 'enrol'],
    ['everyone', false, 'enrol'],
    ['everyone', true, 'enrol'],
  ] as const)('with two-factor required of %s, staff %p: %s', async (require, staff, outcome) => {
    const ann = new Person(new TestHost({ require }), staff);
    expect(await admit(ann)).toMatchObject({ outcome });
  });

  it('asks for the factor where one is on, even if the policy requires a set-up', async () => {
    const ann = await Person.protectedBy(new TestHost({ require: 'everyone' }));
    expect(await admit(ann)).toMatchObject({ outcome: 'challenge' });
  });

  it('lets a pending login complete its set-up once, and issues the recovery words', async () => {
    const testHost = new TestHost({ require: 'everyone' });
    const ann = new Person(testHost);
    const pending = await ann.startsLogin();
    expect(pending.state).toBe('enrol');
    const kind = testHost.registry.primary('numbers')!;
    const who = { ...(await ann.drafter(pending.key)), pending: pending.ref, scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, ann.origin);
    const draft = (await testHost.drafts.find(who, 'numbers'))!;
    const given = { proof: { code: testHost.numbers.code(draft.data) }, label: 'Phone' };
    const outcome = await testHost.enrollment.confirm(who, kind, given, ann.origin);
    expect(outcome).toMatchObject({ status: 'enabled', issued: [{ left: 5 }] });
    expect(
      await testHost.pendingLogins.find({ id: pending.ref.id, accountId: ann.id, key: pending.key }),
    ).toBeNull();
  });

  it('does not accept a set-up for a pending login that has ended', async () => {
    const testHost = new TestHost({ require: 'everyone' });
    const ann = new Person(testHost);
    const pending = await ann.startsLogin();
    const kind = testHost.registry.primary('numbers')!;
    const who = { ...(await ann.drafter(pending.key)), pending: pending.ref, scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, ann.origin);
    const draft = (await testHost.drafts.find(who, 'numbers'))!;
    await testHost.pendingLogins.discard(pending);
    const given = { proof: { code: testHost.numbers.code(draft.data) }, label: 'Phone' };
    const confirmed = testHost.enrollment.confirm(who, kind, given, ann.origin);
    await expect(confirmed).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await ann.accountState()).toMatchObject({ enabled: false, factors: [] });
  });
});
