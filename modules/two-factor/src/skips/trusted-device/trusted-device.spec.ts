import { TestHost } from '../../core/fixtures/test-host.fixture.js';
import { Person } from '../../core/fixtures/person.fixture.js';
import { setUp } from '../../core/fixtures/acts.fixture.js';
import { trustedDevice } from './trusted-device.skip.js';

const DAY = 86_400_000;

describe('a trusted device', () => {
  const testHost = new TestHost({ skips: [trustedDevice()] });

  /** Signs in and trusts this browser; returns its token. */
  async function trusts(ann: Person): Promise<string> {
    testHost.clock.advance(60_000);
    const answer = await ann.answers(await ann.startsLogin(), ann.code(), 'numbers', { trust: true });
    expect(answer.status).toBe('passed');
    return ('device' in answer && answer.device?.token) || '';
  }

  const admits = async (ann: Person, ...tokens: string[]) =>
    (await testHost.loginGate.admit({}, ann.account, ann.origin, tokens)).outcome;

  it('skips the challenge for 30 days, and emits an event each time', async () => {
    const ann = await Person.protectedBy(testHost);
    const token = await trusts(ann);
    expect(token).toMatch(/^[\w-]{43}$/);
    testHost.clock.advance(30 * DAY - 1);
    expect(await admits(ann, token)).toBe('admit');
    expect(await testHost.eventNamesOf(ann.id)).toEqual(
      expect.arrayContaining(['device.trusted', 'challenge.skipped']),
    );
    testHost.clock.advance(1);
    expect(await admits(ann, token)).toBe('challenge');
  });

  it('belongs to one account, and needs its whole token', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const token = await trusts(ann);
    expect(await admits(bob, token)).toBe('challenge');
    for (const odd of ['', token.slice(1), `${token} `, token.toLowerCase(), 'a'.repeat(43)])
      expect(await admits(ann, odd)).toBe('challenge');
    expect(await admits(ann, 'a'.repeat(43), token)).toBe('admit');
  });

  it('exists only where its owner asked for it, and never after a recovery word', async () => {
    const ann = await Person.protectedBy(testHost);
    const plain = await ann.signsInWith(ann.code(1));
    const word = await ann.answers(await ann.startsLogin(), ann.words[0]!, 'words', { trust: true });
    for (const answer of [plain, word]) expect(answer).toMatchObject({ status: 'passed', device: undefined });
    expect(
      await testHost.devices.list({ account: ann.account, accountState: await ann.accountState() }),
    ).toEqual([]);
  });

  it('is void with another password or factor', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const [anns, bobs] = [await trusts(ann), await trusts(bob)];
    ann.changes();
    await bob.enrolls(testHost.keys);
    expect([await admits(ann, anns), await admits(bob, bobs)]).toEqual(['challenge', 'challenge']);
    for (const person of [ann, bob])
      expect(
        await testHost.devices.list({ account: person.account, accountState: await person.accountState() }),
      ).toEqual([]);
  });

  it('is listed with what the browser said of itself, the newest first', async () => {
    const ann = await Person.protectedBy(testHost);
    await trusts(ann);
    const { origin } = ann;
    Object.defineProperty(ann, 'origin', { value: { ...origin, userAgent: null } });
    await trusts(ann);
    const listed = await testHost.devices.list({
      account: ann.account,
      accountState: await ann.accountState(),
    });
    const at = testHost.clock.now();
    expect(listed).toEqual([
      { id: expect.any(String), agent: null, createdAt: at, expiresAt: at + 30 * DAY },
      { id: expect.any(String), agent: 'Firefox', createdAt: at - 60_000, expiresAt: at - 60_000 + 30 * DAY },
    ]);
  });

  it('is one of ten at most: a new one replaces the oldest', async () => {
    const ann = await Person.protectedBy(testHost);
    const tokens: string[] = [];
    for (let i = 0; i < 11; i += 1) tokens.push(await trusts(ann));
    expect(await admits(ann, tokens[0]!)).toBe('challenge');
    expect(await admits(ann, tokens[1]!)).toBe('admit');
    expect(
      await testHost.devices.list({ account: ann.account, accountState: await ann.accountState() }),
    ).toHaveLength(10);
  });

  it('is forgotten alone or with all others, and devices of other accounts stay', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const [one, two, bobs] = [await trusts(ann), await trusts(ann), await trusts(bob)];
    const owner = { account: ann.account, accountState: await ann.accountState() };
    const [, oldest] = await testHost.devices.list(owner);
    const others = { account: bob.account, accountState: await bob.accountState() };
    await expect(testHost.devices.forget(others, oldest!.id, bob.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await testHost.devices.forget(owner, oldest!.id, ann.origin);
    expect([await admits(ann, one), await admits(ann, two)]).toEqual(['challenge', 'admit']);
    const byStaff = () => testHost.admin.forgetDevices(ann.id, { type: 'cli', id: 'root' }, 'Stolen');
    expect([await byStaff(), await byStaff()]).toEqual([true, false]);
    expect([await admits(ann, two), await admits(bob, bobs)]).toEqual(['challenge', 'admit']);
    const told = (await testHost.eventsOf(ann.id)).filter(({ name }) =>
      name.startsWith('two-factor.device.'),
    );
    expect(told.map(({ name, data }) => [name.split('.').at(-1), data])).toEqual([
      ['trusted', { deviceId: oldest!.id }],
      ['trusted', { deviceId: expect.any(String) }],
      ['forgotten', { deviceId: oldest!.id }],
      ['forgotten', { deviceId: 'all', reason: 'Stolen' }],
    ]);
    expect(told.at(-1)?.actor).toEqual({ type: 'cli', id: 'root' });
  });

  it('is ignored for staff', async () => {
    const mia = await Person.protectedBy(testHost);
    const token = await trusts(mia);
    testHost.directory.accounts.set(mia.id, { ...mia.account, staff: true });
    expect(await admits(mia, token)).toBe('challenge');
    const answer = await mia.answers(await mia.startsLogin(), mia.code(1), 'numbers', { trust: true });
    expect(answer).toMatchObject({ status: 'passed', device: undefined });
  });

  it('is no step-up', async () => {
    const ann = await Person.protectedBy(testHost);
    await trusts(ann);
    expect(await testHost.stepUpTokens.scope(await ann.browser(), setUp)).toBeNull();
  });

  it('does not admit an account with damaged data', async () => {
    const ann = await Person.protectedBy(testHost);
    const token = await trusts(ann);
    const { factors } = await ann.accountState();
    await testHost.stores.factors.remove(factors.find(({ kind }) => kind === 'numbers')!.id, ann.id);
    await expect(admits(ann, token)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([0, 31, 1.5, Number.NaN])('cannot be trusted for %p days', (days) => {
    expect(() => trustedDevice({ days })).toThrow(RangeError);
  });
});
