import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { ConfirmingSubject } from '../enrollment/enrollment-commit.js';

const hour = 3_600_000;
const coolingDown = expect.objectContaining({ code: 'COOLING_DOWN' }) as Error;

describe('the brake and the factors of an account', () => {
  const testHost = new TestHost();
  const { clock, brake } = testHost;

  const causeOf = async (person: Person) => (await brake.status(person.id))?.cause;

  /** A person with an app and a key, whose brake runs. */
  async function waiting(): Promise<Person> {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    await brake.startPast(ann.id, 'email-change', clock.now(), ann.origin);
    return ann;
  }

  const idOf = async (person: Person, wanted: string) =>
    (await person.accountState()).factors.find(({ kind }) => kind === wanted)!.id;

  it('begins with a reset by staff', async () => {
    const ann = await Person.protectedBy(testHost);
    await testHost.admin.reset(ann.id, 'lost phone', { type: 'staff', id: 'sam' });
    expect(await causeOf(ann)).toBe('reset');
    expect((await testHost.eventNamesOf(ann.id)).slice(-2)).toEqual(['reset', 'brake.started']);
  });

  it('does not begin with a set-up by other means than a recovery factor', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.signsInWith(ann.code());
    await ann.enrolls(testHost.keys);
    expect(await causeOf(ann)).toBeUndefined();
  });

  it('does not begin with a recovery code alone', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.signsInWith(ann.words[0]!);
    expect(await causeOf(ann)).toBeUndefined();
  });

  it.each([
    ['sign-in', (ann: Person) => ann.signsInWith(ann.words[0]!)],
    ['step-up', (ann: Person) => ann.confirms(ann.words[0]!)],
  ])('begins with a set-up after a %s by a recovery code', async (_, proves) => {
    const ann = await Person.protectedBy(testHost);
    expect((await proves(ann)).status).toBe('passed');
    await ann.begins(testHost.keys);
    clock.advance(14 * 60_000);
    expect((await ann.proves(ann.code(0, testHost.keys), testHost.keys)).status).toBe('enabled');
    expect(await causeOf(ann)).toBe('re-enrollment');
  });

  it('begins even if new codes were made between the code and the set-up', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.words[0]!);
    await testHost.recoveryCodes.regenerate(
      await ann.owner(),
      testHost.registry.recovery('words')!,
      ann.origin,
    );
    await ann.enrolls(testHost.keys);
    expect(await causeOf(ann)).toBe('re-enrollment');
  });

  it('does not begin with a set-up a day after a recovery code', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.signsInWith(ann.words[0]!);
    clock.advance(24 * hour);
    await ann.enrolls(testHost.keys);
    expect(await causeOf(ann)).toBeUndefined();
  });

  it('refuses to remove a factor, and to turn two-factor off, and changes nothing', async () => {
    const ann = await waiting();
    const owner = await ann.owner();
    const id = await idOf(ann, 'keys');
    await expect(testHost.factorRemoval.remove(owner, id, ann.origin)).rejects.toEqual(coolingDown);
    await expect(testHost.factorRemoval.disable(owner, ann.origin)).rejects.toEqual(coolingDown);
    expect((await ann.accountState()).set).toEqual(owner.accountState.set);
    clock.advance(72 * hour);
    await testHost.factorRemoval.remove(owner, id, ann.origin);
    expect((await ann.accountState()).set.primaryCount).toBe(1);
  });

  it('refuses to replace a factor, which would be a removal by another name', async () => {
    const ann = await waiting();
    const id = await idOf(ann, 'keys');
    await expect(ann.enrolls(testHost.keys, id)).rejects.toEqual(coolingDown);
    expect(await idOf(ann, 'keys')).toBe(id);
  });

  it('lets the owner add a factor', async () => {
    const ann = await waiting();
    expect(await ann.enrolls(testHost.keys)).toMatchObject({ status: 'enabled', replaced: null });
  });

  it('lets a person who lost the phone replace it once by a recovery code, and then no other factor', async () => {
    const ann = await waiting();
    await ann.signsInWith(ann.words[0]!);
    const lost = await idOf(ann, 'numbers');
    expect(await ann.enrolls(testHost.numbers, lost)).toMatchObject({ status: 'enabled', replaced: 'Phone' });
    await ann.signsInWith(ann.words[1]!);
    await expect(ann.enrolls(testHost.keys, await idOf(ann, 'keys'))).rejects.toEqual(coolingDown);
  });

  it('lets a pending login set up again, and replace what is lost', async () => {
    const ann = await waiting();
    const pending = await ann.startsLogin();
    await ann.begins(testHost.numbers, await idOf(ann, 'numbers'));
    const who: ConfirmingSubject = { ...(await ann.drafter()), pending: pending.ref };
    const given = { proof: { code: ann.code() }, label: 'New phone' };
    const known = testHost.registry.primary('numbers')!;
    expect(await testHost.enrollment.confirm(who, known, given, ann.origin)).toMatchObject({
      status: 'enabled',
      replaced: 'Phone',
    });
  });

  it('that begins while a set-up is under way still refuses what it would replace', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.begins(testHost.numbers, await idOf(ann, 'numbers'));
    await brake.startPast(ann.id, 'email-change', clock.now(), ann.origin);
    await expect(ann.proves(ann.code())).rejects.toEqual(coolingDown);
  });
});
