import { House } from '../../core/fixtures/house.fixture.js';
import { Person } from '../../core/fixtures/person.fixture.js';
import { trustedDevice } from './trusted-device.skip.js';

const DAY = 86_400_000;

describe('a trusted device', () => {
  const house = new House({ skips: [trustedDevice()] });

  /** Signs in and trusts this browser; returns its token. */
  async function trusts(ann: Person): Promise<string> {
    house.clock.advance(60_000);
    const answer = await ann.answers(await ann.parks(), ann.code(), 'numbers', { trust: true });
    expect(answer.status).toBe('passed');
    return ('device' in answer && answer.device?.token) || '';
  }

  const admits = async (ann: Person, ...tokens: string[]) =>
    (await house.admission.admit({}, ann.account, ann.origin, tokens)).outcome;

  it('is not asked for 30 days, and each time that is told', async () => {
    const ann = await Person.protectedBy(house);
    const token = await trusts(ann);
    expect(token).toMatch(/^[\w-]{43}$/);
    house.clock.advance(30 * DAY - 1);
    expect(await admits(ann, token)).toBe('admit');
    expect(await house.news(ann.id)).toEqual(expect.arrayContaining(['device.trusted', 'challenge.skipped']));
    house.clock.advance(1);
    expect(await admits(ann, token)).toBe('challenge');
  });

  it('is of one account, and of whoever has its whole token', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const token = await trusts(ann);
    expect(await admits(bob, token)).toBe('challenge');
    for (const odd of ['', token.slice(1), `${token} `, token.toLowerCase(), 'a'.repeat(43)])
      expect(await admits(ann, odd)).toBe('challenge');
    expect(await admits(ann, 'a'.repeat(43), token)).toBe('admit');
  });

  it('is none where its owner did not say so, nor after a recovery word', async () => {
    const ann = await Person.protectedBy(house);
    const plain = await ann.signsInWith(ann.code(1));
    const word = await ann.answers(await ann.parks(), ann.words[0]!, 'words', { trust: true });
    for (const answer of [plain, word]) expect(answer).toMatchObject({ status: 'passed', device: undefined });
    expect(await house.devices.of({ account: ann.account, standing: await ann.standing() })).toEqual([]);
  });

  it('is void with another password or factor', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const [anns, bobs] = [await trusts(ann), await trusts(bob)];
    ann.changes();
    await bob.enrols(house.keys);
    expect([await admits(ann, anns), await admits(bob, bobs)]).toEqual(['challenge', 'challenge']);
    for (const person of [ann, bob])
      expect(await house.devices.of({ account: person.account, standing: await person.standing() })).toEqual(
        [],
      );
  });

  it('is listed with what the browser said of itself, the newest first', async () => {
    const ann = await Person.protectedBy(house);
    await trusts(ann);
    const { origin } = ann;
    Object.defineProperty(ann, 'origin', { value: { ...origin, userAgent: null } });
    await trusts(ann);
    const listed = await house.devices.of({ account: ann.account, standing: await ann.standing() });
    const at = house.clock.now();
    expect(listed).toEqual([
      { id: expect.any(String), agent: null, createdAt: at, expiresAt: at + 30 * DAY },
      { id: expect.any(String), agent: 'Firefox', createdAt: at - 60_000, expiresAt: at - 60_000 + 30 * DAY },
    ]);
  });

  it('is one of ten at most: the oldest goes', async () => {
    const ann = await Person.protectedBy(house);
    const tokens: string[] = [];
    for (let i = 0; i < 11; i += 1) tokens.push(await trusts(ann));
    expect(await admits(ann, tokens[0]!)).toBe('challenge');
    expect(await admits(ann, tokens[1]!)).toBe('admit');
    expect(await house.devices.of({ account: ann.account, standing: await ann.standing() })).toHaveLength(10);
  });

  it('is forgotten alone or with all others, and nobody else’s with it', async () => {
    const [ann, bob] = [await Person.protectedBy(house), await Person.protectedBy(house)];
    const [one, two, bobs] = [await trusts(ann), await trusts(ann), await trusts(bob)];
    const owner = { account: ann.account, standing: await ann.standing() };
    const [, oldest] = await house.devices.of(owner);
    const others = { account: bob.account, standing: await bob.standing() };
    await expect(house.devices.forget(others, oldest!.id, bob.origin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await house.devices.forget(owner, oldest!.id, ann.origin);
    expect([await admits(ann, one), await admits(ann, two)]).toEqual(['challenge', 'admit']);
    await house.life.forgetDevices(ann.id, { type: 'cli', id: 'root' });
    expect([await admits(ann, two), await admits(bob, bobs)]).toEqual(['challenge', 'admit']);
    const told = (await house.told(ann.id)).filter(({ name }) => name.startsWith('two-factor.device.'));
    expect(told.map(({ name, data }) => [name.split('.').at(-1), data])).toEqual([
      ['trusted', { deviceId: oldest!.id }],
      ['trusted', { deviceId: expect.any(String) }],
      ['forgotten', { deviceId: oldest!.id }],
      ['forgotten', { deviceId: 'all' }],
    ]);
    expect(told.at(-1)?.actor).toEqual({ type: 'cli', id: 'root' });
  });

  it('counts for no member of staff', async () => {
    const mia = await Person.protectedBy(house);
    const token = await trusts(mia);
    house.directory.accounts.set(mia.id, { ...mia.account, staff: true });
    expect(await admits(mia, token)).toBe('challenge');
    const answer = await mia.answers(await mia.parks(), mia.code(1), 'numbers', { trust: true });
    expect(answer).toMatchObject({ status: 'passed', device: undefined });
  });

  it('is no confirmation', async () => {
    const ann = await Person.protectedBy(house);
    await trusts(ann);
    expect(await house.stepUps.reach(await ann.browser())).toBeNull();
  });

  it('lets nobody in to an account whose data is damaged', async () => {
    const ann = await Person.protectedBy(house);
    const token = await trusts(ann);
    const { factors } = await ann.standing();
    await house.stores.factors.remove(factors.find(({ kind }) => kind === 'numbers')!.id, ann.id);
    await expect(admits(ann, token)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([0, 31, 1.5, Number.NaN])('cannot be trusted for %p days', (days) => {
    expect(() => trustedDevice({ days })).toThrow(RangeError);
  });
});
