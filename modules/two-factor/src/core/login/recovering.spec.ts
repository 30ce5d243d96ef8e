import type { Starter } from '../enrollment/enrolment.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('somebody who signed in by a recovery word', () => {
  const house = new House();
  const kind = (name: string) => house.registry.primary(name)!;

  /** Signed in by a word: nothing but that may be why a set-up begins. */
  async function signedInByWord(ann: Person): Promise<Starter> {
    const held = await ann.parks();
    await ann.answers(held, ann.words[0]!);
    const reach = await house.stepUps.reach(await ann.browser(held.key));
    expect(reach).toBe('replace');
    return { ...(await ann.drafter(held.key)), reach: 'replace' };
  }

  async function factorOf(ann: Person, name: string) {
    return (await ann.standing()).factors.find((factor) => factor.kind === name)!;
  }

  it('may set up again the one factor of a kind', async () => {
    const ann = await Person.protectedBy(house);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'numbers');
    await house.enrolments.begin(who, kind('numbers'), ann.origin);
    expect(await house.drafts.current(who, 'numbers')).toMatchObject({ replaces: old.id });
  });

  it('may set up again the only one there is of a kind that an account may have several of', async () => {
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'keys');
    await house.enrolments.begin(who, kind('keys'), ann.origin);
    expect(await house.drafts.current(who, 'keys')).toMatchObject({ replaces: old.id });
  });

  it('may replace one of many when it is named', async () => {
    const ann = await Person.protectedBy(house);
    await ann.enrols(house.keys);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'keys');
    await house.enrolments.begin(who, kind('keys'), ann.origin, { replaces: old.id });
    expect(await house.drafts.current(who, 'keys')).toMatchObject({ replaces: old.id });
  });

  it('may not add a factor: of many when none is named, or of a kind there was not', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    await ann.enrols(house.keys);
    await ann.enrols(house.keys);
    for (const person of [ann, bob]) {
      const who = await signedInByWord(person);
      await expect(house.enrolments.begin(who, kind('keys'), ann.origin)).rejects.toMatchObject({
        code: 'STEP_UP_REQUIRED',
      });
      expect(await house.drafts.current(who, 'keys')).toBeNull();
    }
  });

  it('may do so once: after that they confirm like everybody', async () => {
    const ann = await Person.protectedBy(house);
    const who = await signedInByWord(ann);
    await house.enrolments.begin(who, kind('numbers'), ann.origin);
    const draft = (await house.drafts.current(who, 'numbers'))!;
    const given = { proof: { code: house.numbers.code(draft.data) }, label: 'New phone' };
    await house.enrolments.confirm(who, kind('numbers'), given, ann.origin);
    expect(await house.stepUps.reach(await ann.browser(who.key))).toBeNull();
    expect((await ann.standing()).set).toMatchObject({ primaries: 1 });
  });
});
