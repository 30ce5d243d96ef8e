import { TestHost, type TestHostOptions } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp } from '../fixtures/acts.fixture.js';
import type { ActivePendingLogin } from '../login/pending-logins.js';

const agent = { type: 'staff', id: 'sam' } as const;
const because = { mode: 're-enrol', reason: 'lost phone' } as const;

const resets = (person: Person) => person.testHost.admin.resets.run(person.id, because, agent);
const admits = (person: Person) => person.testHost.loginGate.admit({}, person.account, person.origin);
const flagOf = (person: Person) => person.testHost.directory.raised.get(person.id);

/** A person whose factors were taken for a new set-up. */
async function reset(options: TestHostOptions = {}): Promise<Person> {
  const ann = await Person.protectedBy(new TestHost(options));
  await resets(ann);
  await ann.testHost.outboxRelay.settled();
  return ann;
}

/** Proves a new factor at a pending login. */
async function setsUpAt(ann: Person, pending: ActivePendingLogin) {
  const { enrollment, drafts, registry, numbers } = ann.testHost;
  const kind = registry.primary('numbers')!;
  const { account, accountState, key, ref } = pending;
  const who = { account, accountState, key, pending: ref, scope: 'full' } as const;
  await enrollment.begin(who, kind, ann.origin);
  const draft = (await drafts.find(who, 'numbers'))!;
  ann.secret = draft.data;
  const given = { proof: { code: numbers.code(draft.data) }, label: 'New phone' };
  return enrollment.confirm(who, kind, given, ann.origin);
}

describe('a reset for a new set-up', () => {
  it('takes all factors, codes, devices and sessions, and keeps the flag', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const before = await ann.startsLogin();
    ann.testHost.sessions.ended.length = 0;
    expect(await resets(ann)).toEqual({ mode: 're-enrol', reset: true });
    const state = await ann.accountState();
    expect(state).toMatchObject({
      enabled: false,
      damaged: false,
      mustEnroll: true,
      factors: [],
      flag: null,
    });
    expect(flagOf(ann)).toBe(state.set.version);
    expect(ann.testHost.sessions.ended[0]).toMatchObject({ accountId: ann.id, keepKey: null });
    expect(await ann.testHost.pendingLogins.find({ ...before.ref, key: before.key })).toBeNull();
  });

  it('emits its event and no other that says that the password is enough, and mails the owner', async () => {
    const ann = await reset();
    const told = (await ann.testHost.eventsOf(ann.id)).slice(3);
    expect(told.map(({ name }) => name.replace('two-factor.', ''))).toEqual([
      ...['factor.removed', 'reset', 'brake.started'],
    ]);
    expect(told.at(-2)).toMatchObject({ actor: agent, data: because });
    expect(ann.testHost.letterbox.to(ann.account)).toEqual([
      ...['enabled', 'reset-re-enrol', 'brake-started'],
    ]);
    expect(flagOf(ann)).toBeDefined();
  });

  const skips = [{ name: 'office', applies: async () => true, offers: () => 30 }];
  it.each<[string, TestHostOptions]>([
    ['without a policy', {}],
    ['with skip rules that apply', { skips }],
    ['with passwordless sign-in', { passwordless: 'everyone' }],
    ['where two-factor is required', { require: 'everyone' }],
  ])('leads the next sign-ins to a set-up, %s', async (_which, options) => {
    const ann = await reset(options);
    for (let i = 0; i < 3; i += 1) {
      ann.testHost.clock.advance(86_400_000);
      expect(await admits(ann)).toMatchObject({ outcome: 'enrol', accountState: { mustEnroll: true } });
    }
    expect(await ann.testHost.eventNamesOf(ann.id)).not.toContain('alarm');
  });

  it('ends with the set-up, which issues new codes and leaves an account like any other', async () => {
    const ann = await reset();
    const old = ann.words[0]!;
    const enrolled = await setsUpAt(ann, await ann.startsLogin());
    expect(enrolled).toMatchObject({ status: 'enabled', first: true, issued: [{ left: 5 }] });
    expect(await ann.accountState()).toMatchObject({ enabled: true, damaged: false, mustEnroll: false });
    expect((await ann.accountState()).set.reset).toBeUndefined();
    ann.testHost.clock.advance(60_000);
    expect((await ann.signsInWith(old)).status).toBe('refused');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    ann.testHost.clock.advance(72 * 3_600_000);
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.testHost.outboxRelay.settled();
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
  });

  it('lets one of two set-ups at once win', async () => {
    const ann = await reset();
    const [one, two] = [await ann.startsLogin(), await ann.startsLogin()];
    const both = await Promise.allSettled([setsUpAt(ann, one), setsUpAt(ann, two)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await ann.accountState()).toMatchObject({ set: { primaryCount: 1 }, damaged: false });
  });

  it('opens nothing to a session that is still signed in', async () => {
    const ann = await reset();
    const { stepUpTokens, clock } = ann.testHost;
    expect(await stepUpTokens.scope(await ann.browser(ann.key, clock.now()), setUp)).toBeNull();
    expect((await ann.confirms('123456')).status).toBe('malformed');
    expect(await stepUpTokens.isFresh(await ann.browser(), 5)).toBe(false);
  });

  it('stays shut where a set-up was killed between the flag and its commit', async () => {
    const ann = await reset();
    await ann.testHost.flags.raise(ann.id, (await ann.accountState()).set);
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE', extra: { retryAfter: 30 } });
    ann.testHost.clock.advance(30_000);
    expect(await admits(ann)).toMatchObject({ outcome: 'enrol' });
    expect(flagOf(ann)).toBeDefined();
    expect((await setsUpAt(ann, await ann.startsLogin())).status).toBe('enabled');
    expect(await ann.testHost.eventNamesOf(ann.id)).not.toContain('alarm');
  });

  it('keeps its flag where the commit of the set-up fails', async () => {
    const ann = await reset();
    const pending = await ann.startsLogin();
    ann.testHost.sets.issueMissingCodes = () => Promise.reject(new Error('no codes'));
    await expect(setsUpAt(ann, pending)).rejects.toThrow('no codes');
    ann.testHost.transactions.run = () => Promise.reject(new Error('no database'));
    ann.testHost.sets.issueMissingCodes = async () => [];
    await expect(setsUpAt(ann, pending)).rejects.toThrow();
    expect(flagOf(ann)).toBeDefined();
    expect(await ann.accountState()).toMatchObject({ mustEnroll: true, enabled: false });
  });

  it('is no excuse for lost rows: an older backup than the set-up is refused', async () => {
    const ann = await reset();
    const { set } = await ann.accountState();
    await setsUpAt(ann, await ann.startsLogin());
    const { stores, directory } = ann.testHost;
    for (const { id } of (await ann.accountState()).factors) await stores.factors.remove(id, ann.id);
    // The row as the backup contains it; the flag is newer.
    await stores.factors.bumpVersion(ann.id, (await ann.accountState()).set, 0, set.version);
    await stores.factors.markReset(ann.id, 're-enrol');
    expect(directory.raised.get(ann.id)).toBeGreaterThan(set.version);
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('repairs an account whose rows were lost, without opening it', async () => {
    const ann = new Person(new TestHost());
    ann.testHost.directory.raised.set(ann.id, 3);
    expect(await resets(ann)).toMatchObject({ reset: true });
    expect(await admits(ann)).toMatchObject({ outcome: 'enrol' });
    expect((await setsUpAt(ann, await ann.startsLogin())).status).toBe('enabled');
  });

  it('is undone only by a reset that turns two-factor off', async () => {
    const ann = await reset();
    expect(await resets(ann)).toEqual({ mode: 're-enrol', reset: false });
    expect(await ann.testHost.admin.reset(ann.id, 'she asked for it', agent)).toBe(true);
    await ann.testHost.outboxRelay.settled();
    expect(flagOf(ann)).toBeUndefined();
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
  });

  it('is named by the status', async () => {
    const ann = await reset();
    expect(await ann.testHost.statusReader.read(ann.id)).toMatchObject({
      ...{ enabled: false, mustEnroll: true, damaged: false, factors: [], oneTimeCodeUntil: null },
    });
  });

  it('leaves nothing behind of an account that no longer exists', async () => {
    const ann = await reset();
    await ann.testHost.admin.purge(ann.id);
    expect((await ann.accountState()).mustEnroll).toBe(false);
  });
});
