import { randomUUID } from 'node:crypto';
import { removal, setUp, suspension } from '../fixtures/acts.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';

const minute = 60_000;
const [tablet, phone] = [removal('tablet'), removal('phone')];
const posted = { method: 'POST', url: '/x?y=1', body: { newPassword: 'a secret' } };

describe('a step-up for one action', () => {
  const testHost = new TestHost();

  it('opens this action with these parameters, in this session, for these minutes, and nothing else', async () => {
    const ann = await Person.protectedBy(testHost);
    expect(await ann.may(tablet)).toBe(false);
    const confirmed = await ann.confirms(ann.code(), undefined, await ann.wants(tablet));
    expect(confirmed.status).toBe('passed');
    expect([await ann.may(tablet), await ann.may({ ...tablet, title: 'Another language' })]).toEqual([
      true,
      true,
    ]);
    expect([await ann.may(phone), await ann.may(setUp), await ann.may({ ...tablet, name: 'x' })]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await ann.may(tablet, 5, randomUUID())).toBe(false);
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(), 10)).toBe(false);
    testHost.clock.advance(5 * minute);
    expect([await ann.may(tablet), await ann.may(tablet, 10)]).toEqual([false, true]);
  });

  it('is the same whatever the order of the parameters, and another for another value', async () => {
    const ann = await Person.protectedBy(testHost);
    const act = (parameters: Record<string, string>) => ({ name: 'act', parameters, title: 'Act' });
    await ann.confirms(ann.code(), undefined, await ann.wants(act({ a: '1', b: '2' })));
    expect(await ann.may(act({ b: '2', a: '1' }))).toBe(true);
    const others: Record<string, string>[] = [{ a: '2', b: '1' }, { a: '1' }, { a: '1', b: '2', c: '' }];
    for (const each of others) expect(await ann.may(act(each))).toBe(false);
  });

  it('names the action in its events, passed or failed', async () => {
    const ann = await Person.protectedBy(testHost);
    const waiting = await ann.wants(tablet);
    await ann.confirms(ann.code(), 'not the password', waiting);
    await ann.confirms(WRONG_NUMBER, undefined, waiting);
    await ann.confirms(ann.code(), undefined, waiting);
    const told = (await testHost.eventsOf(ann.id)).slice(3).map(({ name, data }) => [name, data]);
    expect(told).toEqual([
      ['two-factor.step-up.failed', { kind: 'password', reason: 'wrong', act: 'factor.remove' }],
      ['two-factor.step-up.failed', { kind: 'numbers', reason: 'wrong', act: 'factor.remove' }],
      [
        'two-factor.step-up.passed',
        { kind: 'numbers', factorId: expect.any(String), label: 'Phone', act: 'factor.remove' },
      ],
    ]);
  });

  it('needs only the password while there is no factor, and names the action too', async () => {
    const ann = new Person(testHost);
    expect((await ann.confirms('', undefined, await ann.wants(tablet))).status).toBe('passed');
    expect([await ann.may(tablet), await ann.may(phone)]).toEqual([true, false]);
    const passed = (await testHost.eventsOf(ann.id)).at(-1);
    expect(passed).toMatchObject({ data: { kind: 'password', act: 'factor.remove' } });
  });

  it('is passed once: of two answers to one confirmation the second changes nothing, and its code stays unused', async () => {
    const ann = await Person.protectedBy(testHost);
    const waiting = await ann.wants(tablet);
    const word = ann.words[0]!;
    const both = await Promise.all([ann.code(), word].map((code) => ann.confirms(code, undefined, waiting)));
    expect(both.map(({ status }) => status).sort()).toEqual(['passed', 'void']);
    const [lost] = both[0]?.status === 'void' ? [ann.code()] : [word];
    expect((await ann.signsInWith(lost)).status).toBe('passed');
  });
});

describe('a step-up that named no action', () => {
  const testHost = new TestHost();

  it('belongs to the first action that needs it, and to no other', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code());
    expect(await ann.may(tablet)).toBe(true);
    expect([await ann.may(phone), await ann.may(tablet)]).toEqual([false, true]);
    expect(await testHost.stepUpTokens.isFresh(await ann.browser(), 10)).toBe(false);
  });

  it('is given to one of several actions at the same moment, and to all requests for this one', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code());
    const asked = await Promise.all([tablet, tablet, phone, setUp, suspension].map((act) => ann.may(act)));
    expect(asked).toEqual([true, true, false, false, false]);
  });
});

describe('a sign-in with password and factor', () => {
  const testHost = new TestHost();

  async function signedIn(host = testHost, by = (ann: Person) => ann.code()) {
    const ann = await Person.protectedBy(host);
    const pending = await ann.startsLogin();
    await ann.answers(pending, by(ann));
    return { ann, key: pending.key };
  }

  it('opens the person’s own settings for five minutes, and never what staff do to others', async () => {
    const { ann, key } = await signedIn();
    const may = async () => [await ann.may(tablet, 10, key), await ann.may(suspension, 10, key)];
    testHost.clock.advance(5 * minute - 1);
    expect(await may()).toEqual([true, false]);
    expect(await ann.may(tablet, 10)).toBe(false);
    testHost.clock.advance(1);
    expect(await may()).toEqual([false, false]);
  });

  it('does not make its code usable again', async () => {
    const { ann } = await signedIn();
    expect(await ann.confirms(ann.code())).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('by a recovery word does not count', async () => {
    const { ann, key } = await signedIn(testHost, ({ words }) => words[0]!);
    expect(await ann.may(tablet, 10, key)).toBe(false);
  });

  it('does not count where only the strictest rules apply', async () => {
    const strict = new TestHost({ strict: true });
    const { ann, key } = await signedIn(strict);
    expect(await ann.may(tablet, 10, key)).toBe(false);
  });

  it.each<[string, (ann: Person) => unknown]>([
    ['the password', (ann) => ann.changes()],
    ['the factors in another session', (ann) => ann.enrolls(testHost.keys)],
  ])('does not count after a change of %s', async (_what, change) => {
    const { ann, key } = await signedIn();
    await change(ann);
    expect(await ann.may(tablet, 10, key)).toBe(false);
  });
});

describe('a change of factors', () => {
  const testHost = new TestHost();

  it('keeps the confirmations of the session that made it, and ends all others', async () => {
    const ann = await Person.protectedBy(testHost);
    const there = ann.elsewhere();
    await there.confirms(there.words[0]!, undefined, await there.wants(tablet));
    await ann.confirms(ann.code(), undefined, await ann.wants(tablet));
    const [here, away] = [await ann.wants(phone, posted), await there.wants(phone)];
    await ann.enrolls(testHost.keys);
    expect([await ann.may(tablet), await there.may(tablet)]).toEqual([true, false]);
    const found = (who: Person, { id }: { id: string }) => who.found(id);
    expect(await found(ann, here)).toMatchObject({ request: posted });
    expect(await found(there, away)).toBeNull();
  });

  it('does not renew them', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(ann.code(), undefined, await ann.wants(tablet));
    testHost.clock.advance(4 * minute);
    await ann.enrolls(testHost.keys);
    testHost.clock.advance(minute - 1);
    expect(await ann.may(tablet)).toBe(true);
    testHost.clock.advance(1);
    expect(await ann.may(tablet)).toBe(false);
  });

  it('ends a step-up from before the first factor, because it had no factor to ask for', async () => {
    const ann = new Person(testHost);
    await ann.confirms('', undefined, await ann.wants(tablet));
    await ann.enrolls();
    expect(await ann.may(tablet)).toBe(false);
  });
});
