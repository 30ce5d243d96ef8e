import type { PrimaryFactor, SetUpInput } from '../contracts/factor.js';
import { House } from '../fixtures/house.fixture.js';
import { Numbers } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

class ProofForm {
  readonly code?: string;
}

class SetUpForm {
  readonly number?: string;
}

/** Numbers whose set-up has a form, and what each start was given. */
function asking(): { factor: PrimaryFactor; given: SetUpInput[] } {
  const [numbers, given] = [new Numbers('asked'), [] as SetUpInput[]];
  const { factor } = numbers;
  const create: PrimaryFactor['create'] = (tools) => {
    const behaviour = factor.create(tools);
    return {
      ...{ showDraft: numbers.showDraft, prompt: numbers.prompt },
      finishEnrolment: (draft, proof) => behaviour.finishEnrolment(draft, proof),
      verify: (record, proof) => behaviour.verify(record, proof),
      beginEnrolment: async (account, records, input) => {
        given.push(input);
        return behaviour.beginEnrolment(account, records, input);
      },
    };
  };
  return { factor: { ...factor, form: ProofForm, setUpForm: SetUpForm, create }, given };
}

describe('the input of a set-up', () => {
  const { factor, given } = asking();
  const fieldsOf = (form: object) => (form === SetUpForm ? ['number'] : ['code']);
  const house = new House({ factors: [factor], fieldsOf });
  const kind = house.registry.primary('asked')!;

  it('has the fields of the kind’s own form and no other field of the request, and cannot be written to', async () => {
    const ann = new Person(house);
    const who = { ...(await ann.drafter()), reach: 'full' } as const;
    const input = { number: '+49', password: 'secret', code: '1', returnTo: '/' };
    await house.enrolments.begin(who, kind, ann.origin, { input });
    expect(given.at(-1)).toEqual({ number: '+49' });
    expect(Object.isFrozen(given.at(-1))).toBe(true);
  });

  it('is kept with the draft, sealed', async () => {
    const ann = new Person(house);
    const who = { ...(await ann.drafter()), reach: 'full' } as const;
    await house.enrolments.begin(who, kind, ann.origin, { input: { number: '+49' } });
    expect((await house.drafts.current(who, 'asked'))?.input).toEqual({ number: '+49' });
  });

  it('is empty where nothing was sent', async () => {
    const ann = new Person(house);
    await house.enrolments.begin({ ...(await ann.drafter()), reach: 'full' }, kind, ann.origin);
    expect(given.at(-1)).toEqual({});
  });
});
