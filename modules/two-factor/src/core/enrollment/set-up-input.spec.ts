import type { PrimaryFactor, SetUpInput } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { NumberFactor } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

class ProofForm {
  readonly code?: string;
}

class SetUpForm {
  readonly number?: string;
}

/** Numbers with a set-up form, and the input of each start. */
function asking(): { factor: PrimaryFactor; given: SetUpInput[] } {
  const [numbers, given] = [new NumberFactor('asked'), [] as SetUpInput[]];
  const { factor } = numbers;
  const create: PrimaryFactor['create'] = (tools) => {
    const behaviour = factor.create(tools);
    return {
      showDraft: numbers.showDraft,
      prompt: numbers.prompt,
      finishEnrollment: (draft, proof) => behaviour.finishEnrollment(draft, proof),
      verify: (record, proof) => behaviour.verify(record, proof),
      beginEnrollment: async (account, records, input) => {
        given.push(input);
        return behaviour.beginEnrollment(account, records, input);
      },
    };
  };
  return { factor: { ...factor, form: ProofForm, setUpForm: SetUpForm, create }, given };
}

describe('the input of a set-up', () => {
  const { factor, given } = asking();
  const fieldsOf = (form: object) => (form === SetUpForm ? ['number'] : ['code']);
  const testHost = new TestHost({ factors: [factor], fieldsOf });
  const kind = testHost.registry.primary('asked')!;

  it('has the fields of the kind’s own form and no other field of the request, and is read-only', async () => {
    const ann = new Person(testHost);
    const who = { ...(await ann.drafter()), scope: 'full' } as const;
    const input = { number: '+49', password: 'secret', code: '1', returnTo: '/' };
    await testHost.enrollment.begin(who, kind, ann.origin, { input });
    expect(given.at(-1)).toEqual({ number: '+49' });
    expect(Object.isFrozen(given.at(-1))).toBe(true);
  });

  it('is stored with the draft, encrypted', async () => {
    const ann = new Person(testHost);
    const who = { ...(await ann.drafter()), scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, ann.origin, { input: { number: '+49' } });
    expect((await testHost.drafts.find(who, 'asked'))?.input).toEqual({ number: '+49' });
  });

  it('is empty where no field was sent', async () => {
    const ann = new Person(testHost);
    await testHost.enrollment.begin({ ...(await ann.drafter()), scope: 'full' }, kind, ann.origin);
    expect(given.at(-1)).toEqual({});
  });
});
