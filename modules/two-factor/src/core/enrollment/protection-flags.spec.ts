import { brittleHouse } from '../fixtures/brittle-stores.fixture.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

/** A person whose flag the host keeps, while the module has no row of them: its tables were lost. */
function withLostRows(house: House, version = 3): Person {
  const ann = new Person(house);
  house.directory.raised.set(ann.id, version);
  return ann;
}

const admits = (person: Person) => person.house.admission.admit({}, person.account, person.origin);
const reset = (person: Person) =>
  person.house.life.reset(person.id, 'rows lost', { type: 'cli', id: 'root' });

describe('an account whose flag is raised while all its rows are gone', () => {
  it('is not admitted by its password, and alarms', async () => {
    const ann = withLostRows(new House());
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(await ann.house.news(ann.id)).toEqual(['alarm']);
  });

  it('is not led to a set-up either, where two-factor is required', async () => {
    const ann = withLostRows(new House({ require: 'everyone' }));
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('confirms nothing by its password alone, and sets no new factor up', async () => {
    const ann = withLostRows(new House());
    await expect(ann.confirms('123456')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await ann.house.stepUps.reach(await ann.browser(ann.key, ann.house.clock.now()))).toBeNull();
    expect(await ann.house.overview.of(ann.id)).toMatchObject({ enabled: false, damaged: true });
  });

  it('keeps its flag where a set-up is proved all the same, by a session that was fresh', async () => {
    const ann = withLostRows(new House());
    await ann.begins();
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ann.house.directory.raised.get(ann.id)).toBe(3);
    expect(await ann.standing()).toMatchObject({ enabled: false, damaged: true });
  });

  it('signs in by its password after a reset, which lowers the flag and is told', async () => {
    const ann = withLostRows(new House());
    expect(await reset(ann)).toBe(true);
    expect(await ann.house.news(ann.id)).toEqual(['disabled', 'reset']);
    expect(ann.house.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(await reset(ann)).toBe(false);
  });

  it('can be protected anew after that, and turned off again', async () => {
    const ann = withLostRows(new House(), 7);
    await reset(ann);
    await ann.house.handOver.settled();
    expect((await ann.enrols()).status).toBe('enabled');
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    await ann.house.removal.disable(await ann.owner(), ann.origin);
    await ann.house.handOver.settled();
    expect(ann.house.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('an account whose rows come from an older backup than its flag', () => {
  it('is refused where the backup knows of no factor', async () => {
    const ann = new Person(new House());
    await ann.enrols();
    await ann.house.removal.disable(await ann.owner(), ann.origin);
    await ann.house.handOver.settled();
    // It was turned on again after the backup was taken.
    ann.house.directory.raised.set(ann.id, 3);
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is still asked for the factor of the backup, and turning that off lowers the newer flag', async () => {
    const ann = await Person.protectedBy(new House());
    ann.house.directory.raised.set(ann.id, 9);
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    await ann.house.removal.disable(await ann.owner(), ann.origin);
    await ann.house.handOver.settled();
    expect(ann.house.directory.raised.has(ann.id)).toBe(false);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('a flag whose lowering was lost', () => {
  it('keeps nobody out, and is lowered at the next sign-in', async () => {
    const ann = await Person.protectedBy(new House());
    await ann.house.removal.disable(await ann.owner(), ann.origin);
    await ann.house.handOver.settled();
    ann.house.directory.raised.set(ann.id, 1);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(ann.house.directory.raised.has(ann.id)).toBe(false);
  });
});

describe('a flag that the host cannot read', () => {
  it('admits nobody', async () => {
    const ann = new Person(new House());
    ann.house.directory.protection = () => Promise.reject(new Error('no answer'));
    await expect(admits(ann)).rejects.toThrow('no answer');
  });
});

describe('a flag of a version that was never raised', () => {
  it.each([0, -1, NaN, null, undefined, 'a'])('admits nobody by the password alone: %s', async (version) => {
    const ann = withLostRows(new House(), version as number);
    ann.house.directory.protection = async () =>
      ann.house.directory.raised.has(ann.id) ? { version: version as number } : null;
    await expect(admits(ann)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(ann.house.directory.raised.has(ann.id)).toBe(true);
    expect(await reset(ann)).toBe(true);
  });

  it('is compared as a number where a driver answers text', async () => {
    const ann = await Person.protectedBy(new House());
    ann.house.directory.protection = async () => ({ version: '10' as unknown as number });
    await ann.house.removal.disable(await ann.owner(), ann.origin);
    expect((await ann.standing()).set.version).toBe(1_000_011);
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
  });
});

describe('an enrolment beside others', () => {
  it('that commits behind the first look of a sign-in alarms nobody: its factor is asked', async () => {
    const ann = new Person(new House());
    const { directory } = ann.house;
    const protection = directory.protection.bind(directory);
    directory.protection = async (id) => {
      directory.protection = protection;
      await ann.enrols();
      return protection(id);
    };
    expect(await admits(ann)).toMatchObject({ outcome: 'challenge' });
    expect(await ann.house.news(ann.id)).not.toContain('alarm');
  });

  it('that was faster leaves no note of the slower one behind, which would explain lost rows later', async () => {
    const ann = new Person(new House());
    const { sets, stores, numbers, keys, clock } = ann.house;
    const missing = sets.missing.bind(sets);
    await ann.begins(numbers);
    const code = ann.code();
    sets.missing = async (...given) => {
      sets.missing = missing;
      await ann.enrols(keys);
      return missing(...given);
    };
    await expect(ann.proves(code)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { factors } = await ann.standing();
    expect(factors.map(({ kind }) => kind).sort()).toEqual(['keys', 'words']);
    expect(await stores.tokens.list({ purpose: 'flag', accountId: ann.id }, clock.now())).toEqual([]);
    expect(ann.house.directory.raised.get(ann.id)).toBe(1);
  });

  it('that fails where the tables were made anew, and the flag counts on from before, keeps nobody out', async () => {
    const { house, stores } = brittleHouse();
    const ann = new Person(house);
    // What `protected` of a host does with a mark that was lowered at version 6.
    const raise = house.directory.protected.bind(house.directory);
    house.directory.protected = (id, on, version) => raise(id, on, on ? 6 : version);
    await ann.begins();
    stores.beforeCommit = () => {
      stores.beforeCommit = () => undefined;
      throw new Error('no answer');
    };
    await expect(ann.proves(ann.code())).rejects.toThrow('no answer');
    expect(await admits(ann)).toMatchObject({ outcome: 'admit' });
    expect((await ann.enrols()).status).toBe('enabled');
  });
});
