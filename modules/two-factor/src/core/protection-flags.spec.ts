import { House } from './house.fixture.js';
import { Person } from './person.fixture.js';

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
