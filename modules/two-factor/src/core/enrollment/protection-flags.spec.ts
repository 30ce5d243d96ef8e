import { brittleHost } from '../fixtures/brittle-stores.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp } from '../fixtures/acts.fixture.js';

/** A person with a flag at the host and without rows of the module: its tables were lost. */
function withLostRows(testHost: TestHost, version = 3): Person {
  const ann = new Person(testHost);
  testHost.directory.raised.set(ann.id, version);
  return ann;
}

const admits = (person: Person) => person.testHost.loginGate.admit({}, person.account, person.origin);
const reset = (person: Person) =>
  person.testHost.admin.reset(person.id, 'rows lost', { type: 'cli', id: 'root' });

describe('an account with a set flag and lost rows', () => {
  it('is not admitted by its password, and raises the alarm', async () => {
    const ann = withLostRows(new TestHost());
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(await ann.testHost.eventNamesOf(ann.id)).toEqual(['alarm']);
  });

  it('is not sent to a set-up either, where two-factor is required', async () => {
    const ann = withLostRows(new TestHost({ require: 'everyone' }));
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('cannot step up or set a factor up by its password alone', async () => {
    const ann = withLostRows(new TestHost());
    await expect(ann.confirms('123456')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(
      await ann.testHost.stepUpTokens.scope(await ann.browser(ann.key, ann.testHost.clock.now()), setUp),
    ).toBeNull();
    expect(await ann.testHost.statusReader.read(ann.id)).toMatchObject({ enabled: false, damaged: true });
  });

  it('keeps its flag where a set-up is confirmed nevertheless', async () => {
    const ann = withLostRows(new TestHost());
    await ann.begins();
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ann.testHost.directory.raised.get(ann.id)).toBe(3);
    expect(await ann.accountState()).toMatchObject({ enabled: false, damaged: true });
  });

  it('signs in by its password after a reset, which clears the flag and emits its event', async () => {
    const ann = withLostRows(new TestHost());
    expect(await reset(ann)).toBe(true);
    expect(await ann.testHost.eventNamesOf(ann.id)).toEqual(['disabled', 'reset', 'brake.started']);
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(await reset(ann)).toBe(false);
  });

  it('can be protected again after that, and turned off again after the brake', async () => {
    const ann = withLostRows(new TestHost(), 7);
    await reset(ann);
    await ann.testHost.outboxRelay.settled();
    expect((await ann.enrolls()).status).toBe('enabled');
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    ann.testHost.clock.advance(72 * 3_600_000);
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.testHost.outboxRelay.settled();
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('an account with rows from an older backup than its flag', () => {
  it('is refused where the backup contains no factor', async () => {
    const ann = new Person(new TestHost());
    await ann.enrolls();
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.testHost.outboxRelay.settled();
    // Two-factor was turned on again after the backup.
    ann.testHost.directory.raised.set(ann.id, 3);
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is still asked for the factor of the backup, and turning that off clears the newer flag', async () => {
    const ann = await Person.protectedBy(new TestHost());
    ann.testHost.directory.raised.set(ann.id, 9);
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.testHost.outboxRelay.settled();
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('a flag that a killed process did not clear', () => {
  it('refuses no sign-in, and is cleared at the next one', async () => {
    const ann = await Person.protectedBy(new TestHost());
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    await ann.testHost.outboxRelay.settled();
    ann.testHost.directory.raised.set(ann.id, 1);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
  });
});

describe('a flag that the host cannot read', () => {
  it('admits no login', async () => {
    const ann = new Person(new TestHost());
    ann.testHost.directory.getProtection = () => Promise.reject(new Error('no answer'));
    await expect(admits(ann)).rejects.toThrow('no answer');
  });
});

describe('a flag of a version that was never set', () => {
  it.each([0, -1, NaN, null, undefined, 'a'])(
    'does not admit a login by the password alone: %s',
    async (version) => {
      const ann = withLostRows(new TestHost(), version as number);
      ann.testHost.directory.getProtection = async () =>
        ann.testHost.directory.raised.has(ann.id) ? { version: version as number } : null;
      await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(ann.testHost.directory.raised.has(ann.id)).toBe(true);
      expect(await reset(ann)).toBe(true);
    },
  );

  it('is compared as a number where a driver returns text', async () => {
    const ann = await Person.protectedBy(new TestHost());
    ann.testHost.directory.getProtection = async () => ({ version: '10' as unknown as number });
    await ann.testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    expect((await ann.accountState()).set.version).toBe(1_000_011);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('an enrollment beside others', () => {
  it('that commits after the first read of a sign-in raises no alarm: the factor is asked for', async () => {
    const ann = new Person(new TestHost());
    const { directory } = ann.testHost;
    const protection = directory.getProtection.bind(directory);
    directory.getProtection = async (id) => {
      directory.getProtection = protection;
      await ann.enrolls();
      return protection(id);
    };
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    expect(await ann.testHost.eventNamesOf(ann.id)).not.toContain('alarm');
  });

  it('that was faster removes the note of the slower one, which would hide lost rows later', async () => {
    const ann = new Person(new TestHost());
    const { sets, stores, numbers, keys, clock } = ann.testHost;
    const missing = sets.issueMissingCodes.bind(sets);
    await ann.begins(numbers);
    const code = ann.code();
    sets.issueMissingCodes = async (...given) => {
      sets.issueMissingCodes = missing;
      await ann.enrolls(keys);
      return missing(...given);
    };
    await expect(ann.proves(code)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { factors } = await ann.accountState();
    expect(factors.map(({ kind }) => kind).sort()).toEqual(['keys', 'words']);
    expect(await stores.tokens.list({ purpose: 'flag', accountId: ann.id }, clock.now())).toEqual([]);
    expect(ann.testHost.directory.raised.get(ann.id)).toBe(1);
  });

  it('that fails after the tables were created again, with a flag from before, refuses no sign-in', async () => {
    const { testHost, stores } = brittleHost();
    const ann = new Person(testHost);
    // A host keeps the greater version: its flag was cleared at version 6.
    const set = testHost.directory.setProtected.bind(testHost.directory);
    testHost.directory.setProtected = (id, change) =>
      set(id, { ...change, ...(change.protected && { version: 6 }) });
    await ann.begins();
    stores.beforeCommit = () => {
      stores.beforeCommit = () => undefined;
      throw new Error('no answer');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
    expect((await ann.enrolls()).status).toBe('enabled');
  });
});
