import { TestHost } from '../fixtures/test-host.fixture.js';
import { WRONG_NUMBER, WRONG_WORD } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';

const minute = 60_000;
const wrongPassword = 'not the password';

/** A protected person on a host of their own, so that the log has only their lines. */
async function alone(): Promise<{ ann: Person; testHost: TestHost }> {
  const testHost = new TestHost();
  return { testHost, ann: await Person.protectedBy(testHost) };
}

async function repeat(times: number, act: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i += 1) await act();
}

describe('the line of a refusal by a limit', () => {
  it('names the wait of the account, and is the same for a right and a wrong code', async () => {
    const { ann, testHost } = await alone();
    await repeat(4, () => ann.signsInWith(WRONG_NUMBER));
    expect(testHost.securityLog.refusals).toEqual([]);
    await ann.signsInWith(WRONG_NUMBER);
    const until = testHost.clock.now() + minute;
    const line = { limit: 'account', accountId: ann.id, ip: ann.ip, until };
    await ann.signsInWith(ann.code());
    await ann.signsInWith(WRONG_NUMBER);
    expect(testHost.securityLog.refusals).toEqual([line, line]);
  });

  it('has no time at a full stop', async () => {
    const { ann, testHost } = await alone();
    await repeat(100, async () => {
      testHost.clock.advance(300 * minute);
      await ann.signsInWith(WRONG_NUMBER);
    });
    testHost.clock.advance(300 * minute);
    await ann.signsInWith(ann.code());
    expect(testHost.securityLog.refusals.at(-1)).toMatchObject({ limit: 'account', until: null });
  });

  it('names the address after too many failures from it', async () => {
    const { ann, testHost } = await alone();
    await repeat(5, () => ann.signsInWith(WRONG_NUMBER));
    testHost.clock.advance(minute);
    await repeat(6, async () => {
      const other = new Person(testHost);
      await other.enrolls();
      await repeat(5, () => other.signsInWith(WRONG_NUMBER));
    });
    await ann.signsInWith(ann.code());
    expect(testHost.securityLog.refusals).toMatchObject([
      { limit: 'address', accountId: ann.id, ip: ann.ip },
    ]);
  });

  it('names the sign-in that five wrong codes ended', async () => {
    const { ann, testHost } = await alone();
    const pending = await ann.startsLogin();
    await repeat(5, () => ann.answers(pending, WRONG_NUMBER));
    const line = { limit: 'pending-login', accountId: ann.id, ip: ann.ip, until: null };
    expect(testHost.securityLog.refusals).toEqual([line]);
  });

  it.each([
    ['step-up', (ann: Person) => ann.confirms(WRONG_WORD)],
    ['step-up-password', (ann: Person) => ann.confirms(WRONG_NUMBER, wrongPassword)],
    [
      'set-up-starts',
      async (ann: Person) => {
        await ann.begins().catch(() => undefined);
        ann.changes();
      },
    ],
  ] as const)('names the limit %s', async (limit, act) => {
    const { ann, testHost } = await alone();
    const times = limit === 'set-up-starts' ? 10 : 5;
    await repeat(times + 1, () => act(ann));
    const lines = testHost.securityLog.refusals;
    expect(lines.at(-1)).toMatchObject({ limit, accountId: ann.id, ip: ann.ip });
    expect(lines.at(-1)?.until).toBeGreaterThan(testHost.clock.now());
  });

  it('names the set-up whose ten answers were wrong', async () => {
    const { ann, testHost } = await alone();
    await ann.begins(testHost.keys);
    await repeat(10, () => ann.proves(WRONG_NUMBER, testHost.keys));
    const line = { limit: 'set-up-answers', accountId: ann.id, ip: ann.ip, until: null };
    expect(testHost.securityLog.refusals).toEqual([line]);
    await expect(ann.proves(WRONG_NUMBER, testHost.keys)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('the line of a wrong code', () => {
  it('is written at a sign-in and at a step-up, and not for a code that was used', async () => {
    const { ann, testHost } = await alone();
    await ann.signsInWith(WRONG_NUMBER);
    await ann.confirms(WRONG_NUMBER);
    const code = ann.code();
    await ann.signsInWith(code);
    await ann.signsInWith(code);
    expect(testHost.securityLog.wrong).toEqual([
      ['challenge', ann.ip],
      ['step-up', ann.ip],
    ]);
  });
});
