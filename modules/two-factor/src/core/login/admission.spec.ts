import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('the gate', () => {
  const admit = (person: Person, request = {}) =>
    person.house.admission.admit(request, person.account, person.origin);

  it('admits whoever has no factor and needs none', async () => {
    const ann = new Person(new House());
    expect(await admit(ann)).toMatchObject({ outcome: 'admit', reason: 'unprotected' });
    expect(await ann.house.news(ann.id)).toEqual([]);
  });

  it('holds whoever has a factor, for ten minutes', async () => {
    const ann = await Person.protectedBy(new House());
    const request = {};
    const admitted = await admit(ann, request);
    const expiresAt = ann.house.clock.now() + 600_000;
    expect(admitted).toMatchObject({ outcome: 'challenge', held: { accountId: ann.id, expiresAt } });
    expect(await ann.house.sessions.current(request)).toBeNull();
    expect((await ann.parks()).state).toBe('challenge');
    expect(await ann.house.news(ann.id)).toContain('challenge.required');
  });

  it.each([
    ['none', false, 'admit'],
    ['none', true, 'admit'],
    ['staff', false, 'admit'],
    ['staff', true, 'enrol'],
    ['everyone', false, 'enrol'],
    ['everyone', true, 'enrol'],
  ] as const)('with two-factor required of %s, staff %p: %s', async (require, staff, outcome) => {
    const ann = new Person(new House({ require }), staff);
    expect(await admit(ann)).toMatchObject({ outcome });
  });

  it('asks for the factor where one is on, also where policy would ask for a set-up', async () => {
    const ann = await Person.protectedBy(new House({ require: 'everyone' }));
    expect(await admit(ann)).toMatchObject({ outcome: 'challenge' });
  });

  it('lets a held login answer its set-up, once, and hands out the recovery words', async () => {
    const house = new House({ require: 'everyone' });
    const ann = new Person(house);
    const held = await ann.parks();
    expect(held.state).toBe('enrol');
    const kind = house.registry.primary('numbers')!;
    const who = { ...(await ann.drafter(held.key)), held: held.ref, reach: 'full' } as const;
    await house.enrolments.begin(who, kind, ann.origin);
    const draft = (await house.drafts.current(who, 'numbers'))!;
    const given = { proof: { code: house.numbers.code(draft.data) }, label: 'Phone' };
    const outcome = await house.enrolments.confirm(who, kind, given, ann.origin);
    expect(outcome).toMatchObject({ status: 'enabled', issued: [{ left: 5 }] });
    expect(await house.heldLogins.find({ id: held.ref.id, accountId: ann.id, key: held.key })).toBeNull();
  });

  it('does not take a set-up for a held login that is no more', async () => {
    const house = new House({ require: 'everyone' });
    const ann = new Person(house);
    const held = await ann.parks();
    const kind = house.registry.primary('numbers')!;
    const who = { ...(await ann.drafter(held.key)), held: held.ref, reach: 'full' } as const;
    await house.enrolments.begin(who, kind, ann.origin);
    const draft = (await house.drafts.current(who, 'numbers'))!;
    await house.heldLogins.drop(held);
    const given = { proof: { code: house.numbers.code(draft.data) }, label: 'Phone' };
    const confirmed = house.enrolments.confirm(who, kind, given, ann.origin);
    await expect(confirmed).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await ann.standing()).toMatchObject({ enabled: false, factors: [] });
  });
});
