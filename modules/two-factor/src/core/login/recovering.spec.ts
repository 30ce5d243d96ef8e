import type { ScopedEnrollmentSubject } from '../enrollment/enrollment.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { setUp } from '../fixtures/acts.fixture.js';

describe('a person who signed in by a recovery word', () => {
  const testHost = new TestHost();
  const kind = (name: string) => testHost.registry.primary(name)!;

  /** Signed in by a recovery word, which is the only reason why a set-up may begin. */
  async function signedInByWord(ann: Person): Promise<ScopedEnrollmentSubject> {
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.words[0]!);
    const scope = await testHost.stepUpTokens.scope(await ann.browser(pending.key), setUp);
    expect(scope).toBe('replace');
    return { ...(await ann.drafter(pending.key)), scope: 'replace' };
  }

  async function factorOf(ann: Person, name: string) {
    return (await ann.accountState()).factors.find((factor) => factor.kind === name)!;
  }

  it('may replace the one factor of a single kind', async () => {
    const ann = await Person.protectedBy(testHost);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'numbers');
    await testHost.enrollment.begin(who, kind('numbers'), ann.origin);
    expect(await testHost.drafts.find(who, 'numbers')).toMatchObject({ replaces: old.id });
  });

  it('may replace the only factor of a multiple kind', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'keys');
    await testHost.enrollment.begin(who, kind('keys'), ann.origin);
    expect(await testHost.drafts.find(who, 'keys')).toMatchObject({ replaces: old.id });
  });

  it('may replace one of several when it is named', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const who = await signedInByWord(ann);
    const old = await factorOf(ann, 'keys');
    await testHost.enrollment.begin(who, kind('keys'), ann.origin, { replaces: old.id });
    expect(await testHost.drafts.find(who, 'keys')).toMatchObject({ replaces: old.id });
  });

  it('may not add a factor: neither beside several without a name, nor of a new kind', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    await ann.enrolls(testHost.keys);
    await ann.enrolls(testHost.keys);
    for (const person of [ann, bob]) {
      const who = await signedInByWord(person);
      await expect(testHost.enrollment.begin(who, kind('keys'), ann.origin)).rejects.toMatchObject({
        code: 'STEP_UP_REQUIRED',
      });
      expect(await testHost.drafts.find(who, 'keys')).toBeNull();
    }
  });

  it('may do so once: after that a step-up is required', async () => {
    const ann = await Person.protectedBy(testHost);
    const who = await signedInByWord(ann);
    await testHost.enrollment.begin(who, kind('numbers'), ann.origin);
    const draft = (await testHost.drafts.find(who, 'numbers'))!;
    const given = { proof: { code: testHost.numbers.code(draft.data) }, label: 'New phone' };
    await testHost.enrollment.confirm(who, kind('numbers'), given, ann.origin);
    expect(await testHost.stepUpTokens.scope(await ann.browser(who.key), setUp)).toBeNull();
    expect((await ann.accountState()).set).toMatchObject({ primaryCount: 1 });
  });
});
