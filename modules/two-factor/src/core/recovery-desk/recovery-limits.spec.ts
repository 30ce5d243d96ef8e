import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { recoveryFaults, recoveryRulesOf } from '../recovery-cases/recovery-policy.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function asks(host: TestHost, person: Person) {
  const owner = { account: person.account, accountState: await person.accountState() };
  return host.recovery.request(owner, person.origin);
}

async function stops(host: TestHost, person: Person) {
  const owner = { account: person.account, accountState: await person.accountState() };
  expect(await host.recovery.cancel(owner, person.origin)).toBe(true);
}

describe('a case is not opened', () => {
  it('within 24 hours of a change of the password or the e-mail address', async () => {
    const host = new TestHost();
    const ann = await Person.protectedBy(host);
    const changedAt = host.clock.now();
    host.directory.changes.set(ann.id, changedAt);
    host.clock.advance(23 * HOUR);
    expect(await asks(host, ann)).toMatchObject({ refusal: { status: 'changed', until: changedAt + DAY } });
    expect(host.letterbox.to(ann.account)).not.toContain('recovery-requested');
    host.clock.advance(HOUR);
    expect(await asks(host, ann)).toMatchObject({ case: { state: 'open' } });
  });

  it('a fourth time within 30 days, and the log says so', async () => {
    const host = new TestHost();
    const ann = await Person.protectedBy(host);
    const first = host.clock.now();
    for (let i = 0; i < 3; i += 1) {
      expect(await asks(host, ann)).toMatchObject({ case: { state: 'open' } });
      await asks(host, ann);
      await stops(host, ann);
    }
    const until = first + 30 * DAY;
    expect(await asks(host, ann)).toMatchObject({ case: null, refusal: { status: 'too-many', until } });
    host.clock.advance(30 * DAY);
    expect(await asks(host, ann)).toMatchObject({ case: { state: 'open' } });
  });

  it('for staff, nor where the host has no desk', async () => {
    const host = new TestHost();
    const sam = new Person(host, true);
    await sam.enrolls();
    expect(await asks(host, sam)).toMatchObject({ refusal: { status: 'off' } });
    const bare = new TestHost({ recovery: null });
    const ann = await Person.protectedBy(bare);
    expect(await asks(bare, ann)).toMatchObject({ case: null, refusal: { status: 'off' } });
  });
});

describe('a case survives a process that is killed', () => {
  it('before the mail with the link: maintenance sends it, and only one', async () => {
    const host = new TestHost();
    const ann = await Person.protectedBy(host);
    host.letterbox.broken = new Error('no mail server');
    await asks(host, ann);
    host.letterbox.broken = null;
    await Promise.all([host.recoveryUpkeep.sweep(), host.recoveryUpkeep.sweep()]);
    await host.recoveryUpkeep.sweep();
    expect(host.letterbox.to(ann.account).filter((each) => each === 'recovery-requested')).toHaveLength(1);
    const stored = await host.stores.recoveryCases.ofAccount(ann.id);
    expect(stored?.sealed).toBeNull();
  });

  it('between the steps of its end: maintenance goes on, and nothing is done twice', async () => {
    for (const hasReset of [false, true]) {
      const host = new TestHost();
      const ann = await Person.protectedBy(host);
      await asks(host, ann);
      const opened = (await host.stores.recoveryCases.ofAccount(ann.id))!;
      const agent = { id: 'sam', name: 'Sam' };
      await host.recoveryDesk.tick({ id: opened.id, agent, checks: host.recoveryDesk.checklist });
      await host.recoveryDesk.approve({ id: opened.id, agent });
      host.clock.advance(73 * HOUR);
      const approved = (await host.stores.recoveryCases.ofAccount(ann.id))!;
      await host.stores.recoveryCases.update(approved, { reason: 'ending', dueAt: host.clock.now() });
      if (hasReset) await host.admin.reset(ann.id, 'recovery', { type: 'system', id: 'recovery-desk' });
      await Promise.all([host.recoveryUpkeep.sweep(), host.recoveryUpkeep.sweep()]).catch(() => undefined);
      host.clock.advance(61_000);
      await host.recoveryUpkeep.sweep();
      expect(await host.recoveryDesk.find({ id: opened.id })).toMatchObject({ state: 'completed' });
      const names = await host.eventNamesOf(ann.id);
      expect(names.filter((name) => name === 'recovery.completed')).toHaveLength(1);
      expect(names.filter((name) => name === 'reset')).toHaveLength(1);
    }
  });

  it('a case that fails does not stop maintenance of the others', async () => {
    const host = new TestHost();
    const [ann, bob] = [await Person.protectedBy(host), await Person.protectedBy(host)];
    host.letterbox.broken = new Error('no mail server');
    for (const person of [ann, bob]) await asks(host, person);
    const first = (await host.stores.recoveryCases.ofAccount(ann.id))!;
    await host.stores.recoveryCases.update(first, { sealed: 'damaged', dueAt: 0 });
    host.letterbox.broken = null;
    await expect(host.recoveryUpkeep.sweep()).rejects.toThrow();
    expect(host.letterbox.to(bob.account)).toContain('recovery-requested');
  });
});

describe('the staff’s side', () => {
  it('refuses an unknown case, an unknown item, and the agent’s own account', async () => {
    const host = new TestHost();
    const ann = await Person.protectedBy(host);
    await asks(host, ann);
    const { id } = (await host.stores.recoveryCases.ofAccount(ann.id))!;
    const agent = { id: 'sam', name: 'Sam' };
    const { recoveryDesk } = host;
    await expect(recoveryDesk.approve({ id: 'x', agent })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const checks of [[], ['shoe-size']])
      await expect(recoveryDesk.tick({ id, agent, checks })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const own = { id: ann.id, name: 'Ann' };
    await expect(recoveryDesk.tick({ id, agent: own, checks: ['photo-id'] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await recoveryDesk.find({ id: 'x' })).toBeNull();
  });

  it('lists open and ended cases, and finds the open one of an account', async () => {
    const host = new TestHost();
    const [ann, bob] = [await Person.protectedBy(host), await Person.protectedBy(host)];
    await asks(host, ann);
    host.clock.advance(1000);
    await asks(host, bob);
    await stops(host, ann);
    const { recoveryDesk } = host;
    expect((await recoveryDesk.list()).map(({ accountId }) => accountId)).toEqual([bob.id]);
    expect((await recoveryDesk.list({ ended: true })).map(({ accountId }) => accountId)).toEqual([ann.id]);
    expect(await recoveryDesk.ofAccount({ accountId: bob.id })).toMatchObject({ state: 'open' });
    expect(await recoveryDesk.ofAccount({ accountId: ann.id })).toBeNull();
    expect(await recoveryDesk.ofAccount({ accountId: 'nobody' })).toBeNull();
    await bob.signsInWith(bob.code());
    expect(await recoveryDesk.ofAccount({ accountId: bob.id })).toBeNull();
  });
});

describe('the rules of a recovery desk', () => {
  it('have defaults', () => {
    expect(recoveryRulesOf(false)).toBeNull();
    expect(recoveryRulesOf({})).toMatchObject({ waitHours: 72, agents: 1 });
    expect(recoveryFaults({})).toEqual([]);
    expect(recoveryFaults(false)).toEqual([]);
  });

  it.each([
    [{ waitHours: 23 }, 'waitHours'],
    [{ waitHours: 169 }, 'waitHours'],
    [{ waitHours: 24.5 }, 'waitHours'],
    [{ agents: 0 }, 'agents'],
    [{ agents: 3 }, 'agents'],
    [{ checklist: [] }, 'checklist'],
    [{ checklist: ['Photo ID'] }, 'checklist'],
  ])('refuse %j', (given, name) => {
    expect(recoveryFaults(given)).toEqual([expect.stringContaining(`recoveryDesk.${name}`)]);
  });
});
