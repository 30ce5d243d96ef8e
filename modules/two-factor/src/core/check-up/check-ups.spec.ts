import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';

const DAY = 24 * 3_600_000;

describe('"Does it still work?"', () => {
  let host: TestHost;
  let ann: Person;

  beforeEach(async () => {
    host = new TestHost();
    ann = await Person.protectedBy(host);
  });

  const status = () => host.checkUpReader.read({ accountId: ann.id });
  const asked = async () => (await status()).factors.filter(({ isAsked }) => isAsked).map(({ kind }) => kind);
  const states = async () =>
    Object.fromEntries((await status()).factors.map(({ kind, state }) => [kind, state]));
  const checks = async (code: string, kind = 'numbers') =>
    host.checkUps.check(await ann.browser(), { asked: kind, proof: { code } }, ann.origin);
  const failures = async () => (await host.statusReader.read(ann.id)).wait.failed;

  it('asks 28 days after the set-up for what was never used', async () => {
    host.clock.advance(27 * DAY);
    expect(await asked()).toEqual([]);
    host.clock.advance(DAY);
    expect((await asked()).sort()).toEqual(['numbers', 'words']);
    expect(await states()).toEqual({ numbers: 'unchecked', words: 'unchecked' });
  });

  it('asks for a factor that was used only after a year without use', async () => {
    await ann.signsInWith(ann.code());
    await ann.signsInWith(ann.words[0]!);
    host.clock.advance(364 * DAY);
    expect(await asked()).toEqual([]);
    host.clock.advance(2 * DAY);
    expect((await asked()).sort()).toEqual(['numbers', 'words']);
  });

  it('takes a code of the app, which is used up, and asks again in a year', async () => {
    host.clock.advance(30 * DAY);
    const code = ann.code();
    expect(await checks(code)).toEqual({ status: 'passed', kind: 'numbers' });
    expect(await asked()).toEqual(['words']);
    expect((await ann.signsInWith(code)).status).toBe('refused');
    expect((await host.eventsOf(ann.id)).at(-1)?.name).not.toBe('two-factor.step-up.passed');
    const told = (await host.eventsOf(ann.id)).find(({ name }) => name === 'two-factor.factor.checked');
    expect(told?.data).toMatchObject({ kind: 'numbers', label: 'Phone', passed: true });
  });

  it('takes a recovery code, which stays unused', async () => {
    host.clock.advance(30 * DAY);
    const [word] = ann.words;
    expect(await checks(word!)).toEqual({ status: 'passed', kind: 'words' });
    expect((await host.statusReader.read(ann.id)).left).toEqual({ wordsLeft: 5 });
    expect(await asked()).toEqual(['numbers']);
    expect(await checks(word!)).toEqual({ status: 'passed', kind: 'words' });
    expect((await host.eventNamesOf(ann.id)).filter((name) => name === 'words.used')).toEqual([]);
    expect((await ann.signsInWith(word!)).status).toBe('passed');
    expect(await checks(word!)).toMatchObject({ status: 'refused', reason: 'used' });
    host.clock.advance(366 * DAY);
    expect(await asked()).toContain('words');
  });

  it('opens no action and ends no session', async () => {
    host.clock.advance(30 * DAY);
    const { length } = host.sessions.ended;
    await checks(ann.words[0]!);
    await checks(ann.code());
    expect(await ann.may({ name: 'two-factor.disable', title: '', signInCounts: true })).toBe(false);
    expect(host.sessions.ended).toHaveLength(length);
  });

  it('counts wrong codes in the ordinary limit, and stops before a wait could start', async () => {
    host.clock.advance(30 * DAY);
    for (let i = 0; i < 3; i += 1) expect((await checks(WRONG_NUMBER)).status).toBe('refused');
    expect(await failures()).toBe(3);
    for (let i = 0; i < 20; i += 1) expect((await checks(WRONG_NUMBER)).status).toBe('throttled');
    expect(await checks(ann.code())).toEqual({ status: 'throttled', kind: 'numbers', until: null });
    expect(await failures()).toBe(3);
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
    expect(await failures()).toBe(0);
  });

  it('is no place to guess: what a thief tried at sign-ins counts here', async () => {
    for (let i = 0; i < 4; i += 1) await ann.signsInWith(WRONG_NUMBER);
    expect((await checks(ann.code())).status).toBe('throttled');
  });

  it('takes recovery codes within the limit of the session’s step-ups', async () => {
    for (let i = 0; i < 5; i += 1) expect((await checks(WRONG_WORD)).status).toBe('refused');
    expect((await checks(ann.words[0]!)).status).toBe('throttled');
    expect((await ann.signsInWith(ann.words[0]!)).status).toBe('passed');
  });

  it('tells the desk who would be locked out: a check failed, and nothing else is known to work', async () => {
    await checks(WRONG_NUMBER);
    expect(await states()).toEqual({ numbers: 'failed', words: 'works' });
    expect((await status()).lockedOut).toBe(false);
    host.clock.advance(30 * DAY);
    expect(await states()).toEqual({ numbers: 'failed', words: 'unchecked' });
    expect((await status()).lockedOut).toBe(true);
    await checks(ann.words[0]!);
    expect((await status()).lockedOut).toBe(false);
    const told = (await host.eventsOf(ann.id)).filter(({ name }) => name === 'two-factor.factor.checked');
    expect(told.map(({ data }) => data)).toMatchObject([
      { kind: 'numbers', passed: false },
      { passed: true },
    ]);
  });

  it('tells the desk who would be locked out: all that is left was not used for too long', async () => {
    host.clock.advance(28 * DAY);
    expect((await status()).lockedOut).toBe(true);
    await ann.signsInWith(ann.code());
    expect((await status()).lockedOut).toBe(false);
  });

  it('knows that used-up codes work for nobody, and does not ask for them', async () => {
    for (const word of ann.words) await ann.signsInWith(word);
    host.clock.advance(400 * DAY);
    expect(await states()).toEqual({ numbers: 'unchecked', words: 'spent' });
    expect(await asked()).toEqual(['numbers']);
    expect((await status()).lockedOut).toBe(true);
  });

  it('is over after a right answer, whatever failed before', async () => {
    await checks(WRONG_NUMBER);
    host.clock.advance(1000);
    await checks(ann.code());
    expect(await states()).toMatchObject({ numbers: 'works' });
  });

  it('can be put off for weeks, for nothing: the desk still sees it', async () => {
    host.clock.advance(28 * DAY);
    await host.checkUps.later(await ann.browser());
    expect(await asked()).toEqual([]);
    expect((await status()).lockedOut).toBe(true);
    expect((await host.eventNamesOf(ann.id)).filter((name) => name === 'factor.checked')).toEqual([]);
    host.clock.advance(28 * DAY);
    expect((await asked()).length).toBe(2);
  });

  it('forgets factors that no longer exist', async () => {
    await checks(WRONG_NUMBER);
    await ann.enrolls(host.numbers);
    host.clock.advance(60_000);
    await checks(ann.words[0]!);
    expect((await host.stores.checkUps.list(ann.id)).length).toBe(1);
    expect(await states()).toMatchObject({ numbers: 'works' });
  });

  it('asks nothing of an account without a factor, and of one that does not exist', async () => {
    const bob = new Person(host);
    for (const accountId of [bob.id, 'nobody'])
      expect(await host.checkUpReader.read({ accountId })).toEqual({ factors: [], lockedOut: false });
  });
});
