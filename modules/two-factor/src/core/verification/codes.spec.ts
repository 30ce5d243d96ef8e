import { TestHost } from '../fixtures/test-host.fixture.js';
import { FactorMatcher } from './factor-matcher.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

describe('a code', () => {
  const testHost = new TestHost();

  it('signs its owner in', async () => {
    const ann = await Person.protectedBy(testHost);
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'passed', kind: 'numbers' });
    expect(await testHost.eventNamesOf(ann.id)).toEqual([
      'factor.enrolled',
      'enabled',
      'words.issued',
      'challenge.required',
      'challenge.passed',
    ]);
  });

  it('cannot be used twice, at a sign-in or a step-up', async () => {
    const ann = await Person.protectedBy(testHost);
    const code = ann.code();
    await ann.signsInWith(code);
    expect(await ann.signsInWith(code)).toMatchObject({ status: 'refused', reason: 'used' });
    expect(await ann.confirms(code)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('that set the factor up cannot sign in', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('that was used for a step-up cannot sign in', async () => {
    const ann = await Person.protectedBy(testHost);
    expect((await ann.confirms(ann.code())).status).toBe('passed');
    expect(await ann.signsInWith(ann.code())).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('of an earlier step cannot be used after a later one', async () => {
    const ann = await Person.protectedBy(testHost);
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
    for (const steps of [0, -1])
      expect(await ann.signsInWith(ann.code(steps))).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('is accepted from a clock that is one step slow or fast, not two', async () => {
    const ann = await Person.protectedBy(testHost);
    for (const steps of [2, -2]) expect((await ann.signsInWith(ann.code(steps))).status).toBe('refused');
    expect((await ann.signsInWith(ann.code(-1))).status).toBe('passed');
    expect((await ann.signsInWith(ann.code(1))).status).toBe('passed');
  });

  it('of another account is refused', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    expect(await ann.signsInWith(bob.code())).toMatchObject({ status: 'refused', reason: 'wrong' });
  });

  it('of another kind is recognised in the wrong field', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    expect(await ann.answers(pending, ann.words[0]!, 'numbers')).toMatchObject({ kind: 'words' });
    const next = await ann.startsLogin();
    expect(await ann.answers(next, ann.code(), 'words')).toMatchObject({ kind: 'numbers' });
  });

  it('that is malformed is not counted', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    for (let i = 0; i < 7; i += 1)
      for (const code of ['', '12345', 'hello', '1'.repeat(1000)])
        expect(await ann.answers(pending, code)).toEqual({ status: 'malformed' });
    const nothing = await testHost.challenge.answer(pending, { asked: 'numbers', proof: {} }, ann.origin);
    expect(nothing).toEqual({ status: 'malformed' });
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
    expect(await testHost.eventNamesOf(ann.id)).not.toContain('challenge.failed');
  });

  it('is wrong when no factor is left for it', async () => {
    const own = new TestHost();
    const factorMatcher = new FactorMatcher(
      own.registry,
      own.secretStorage,
      own.challengeStates,
      own.codeDelivery,
    );
    const judgement = await factorMatcher.match(own.registry.primary('numbers')!, { code: '123456' }, []);
    expect(judgement).toEqual({ ok: false, reason: 'wrong', named: { kind: 'numbers' } });
  });

  it('that only looks like a code is not counted either', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    const pending = await ann.startsLogin();
    const { verify } = own.numbers;
    own.numbers.verify = async () => ({ ok: false, reason: 'malformed' });
    for (let i = 0; i < 7; i += 1)
      expect(await ann.answers(pending, WRONG_NUMBER)).toEqual({ status: 'malformed' });
    own.numbers.verify = verify;
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });

  it('that was right refunds no failure: it would be one of another person', async () => {
    const own = new TestHost();
    const ann = await Person.protectedBy(own);
    const [pending, other] = [await ann.startsLogin(), await ann.startsLogin()];
    own.stores.attempts.refund = () => Promise.reject(new Error('nothing to give back'));
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
    expect((await ann.answers(other, WRONG_NUMBER)).status).toBe('refused');
  });

  it('for a kind that the account lacks is verified by the kind that it has', async () => {
    const ann = new Person(testHost);
    await ann.enrolls(testHost.keys);
    const known = await ann.startsLogin();
    expect(await ann.answers(known, WRONG_NUMBER, 'nothing')).toMatchObject({ kind: 'keys' });
  });
});
