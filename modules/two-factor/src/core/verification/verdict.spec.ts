import { jest } from '@jest/globals';
import type { Verdict } from '../contracts/factor.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { enrollmentVerdictOf, TIMEOUT, verdictOf } from './verdict.js';

/** Values that careless verifiers return for "yes", and values of broken ones. */
const nonsense: unknown[] = [
  undefined,
  null,
  true,
  1,
  'ok',
  [],
  {},
  { ok: 1 },
  { ok: 'true' },
  { valid: true },
  { ok: [true] },
  { ok: true, data: 'text' },
  { ok: true, data: null },
  { ok: true, data: [] },
  { ok: true, data: Promise.resolve({}) },
  { ok: Promise.resolve(true) },
  { ok: false },
  { ok: false, reason: 'tired' },
  { ok: false, reason: 'wrong', hint: 'cold' },
  { reason: 'wrong' },
  { ok: 0, reason: 'wrong' },
  Object.assign([], { ok: false, reason: 'wrong' }),
];

describe('a verifier that returns another value than a verdict', () => {
  it.each(nonsense)('accepts no answer, and counts no failure: %p', async (word) => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const verify = jest.spyOn(testHost.numbers, 'verify').mockResolvedValue(word as Verdict);
    for (let i = 0; i < 7; i += 1)
      await expect(ann.signsInWith(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(ann.confirms(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    verify.mockRestore();
    expect(await testHost.eventNamesOf(ann.id)).not.toContain('challenge.failed');
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it.each([...nonsense, { ok: true }, { ok: false, reason: 'copied' }])(
    'turns nothing on: %p',
    async (word) => {
      const testHost = new TestHost();
      const ann = new Person(testHost);
      await ann.begins();
      jest.spyOn(testHost.numbers, 'finishEnrollment').mockResolvedValue(word as never);
      await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect((await ann.accountState()).enabled).toBe(false);
    },
  );

  it('turns nothing on where a set-up’s answer belongs to another draft, and counts no attempt', async () => {
    const testHost = new TestHost();
    const ann = new Person(testHost);
    await ann.begins();
    const finish = jest.spyOn(testHost.numbers, 'finishEnrollment');
    finish.mockResolvedValue({ ok: false, reason: 'used' });
    for (let i = 0; i < 12; i += 1)
      expect(await ann.proves(ann.code())).toMatchObject({ status: 'refused', reason: 'used' });
    finish.mockRestore();
    expect((await ann.proves(ann.code())).status).toBe('enabled');
  });
});

describe('a verifier that does not answer', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('times out, accepts no answer, and changes nothing when it answers later', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    let speak: (verdict: Verdict) => void = () => undefined;
    const silence = new Promise<Verdict>((resolve) => (speak = resolve));
    const verify = jest.spyOn(testHost.numbers, 'verify').mockReturnValue(silence);
    const refused = expect(ann.answers(pending, ann.code())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      cause: { cause: { message: expect.stringContaining('in time') } },
    });
    await jest.advanceTimersByTimeAsync(TIMEOUT);
    await refused;
    speak({ ok: true });
    await jest.advanceTimersByTimeAsync(1_000);
    verify.mockRestore();
    expect((await ann.answers(pending, ann.code())).status).toBe('passed');
  });

  it('leaves no timer when it has answered', async () => {
    await verdictOf(() => Promise.resolve({ ok: true }));
    await expect(enrollmentVerdictOf(() => Promise.reject(new Error('oops')))).rejects.toThrow('oops');
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a verdict', () => {
  const verdicts: Verdict[] = [
    ...([{ ok: true }, { ok: true, data: { last: 1 } }] as const),
    ...([
      { ok: false, reason: 'used' },
      { ok: false, reason: 'malformed' },
      { ok: false, reason: 'copied' },
    ] as const),
    ...([{ ok: false, reason: 'wrong', hint: { minutes: 3 } }] as const),
  ];

  it.each(verdicts)('is accepted as it is: %j', async (verdict) => {
    expect(await verdictOf(() => Promise.resolve(verdict))).toBe(verdict);
  });
});
