import { randomUUID } from 'node:crypto';
import { brittleHost } from '../fixtures/brittle-stores.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { resetModes, type ResetMode, type ResetRequest } from './reset-request.js';

const hour = 3_600_000;
const sam = { type: 'staff', id: 'sam' } as const;
const mia = { type: 'staff', id: 'mia' } as const;
const modes = resetModes.map((mode) => [mode] as const);

const resets = (
  { id, testHost }: Pick<Person, 'id' | 'testHost'>,
  mode: ResetMode,
  more: Partial<ResetRequest> = {},
) => testHost.admin.resets.run(id, { ...{ mode, reason: 'lost phone' }, ...more }, sam);
const told = async ({ id, testHost }: Person) =>
  (await testHost.eventNamesOf(id)).filter((name) => name === 'reset').length;

describe.each(modes)('a reset in the mode %s', (mode) => {
  it('of an account without two-factor changes nothing and emits nothing', async () => {
    const ann = new Person(new TestHost());
    expect(await resets(ann, mode)).toEqual({ mode, reset: false });
    expect(await ann.testHost.eventNamesOf(ann.id)).toEqual([]);
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
  });

  it('of no account, without a reason or in a mode that does not exist is refused', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const nobody = { id: randomUUID(), testHost: ann.testHost };
    await expect(resets(nobody, mode)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(resets(ann, mode, { reason: '  ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const odd = 'delete' as string as ResetMode;
    await expect(resets(ann, mode, { mode: odd })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await ann.accountState()).enabled).toBe(true);
    expect(await told(ann)).toBe(0);
  });

  it('happens once of two at once; the other one is refused', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const both = await Promise.allSettled([resets(ann, mode), resets(ann, mode)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((each) => each.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect(await told(ann)).toBe(1);
  });

  it('is not done where its event cannot be stored', async () => {
    const { testHost, stores } = brittleHost();
    const ann = await Person.protectedBy(testHost);
    stores.isMute = true;
    await expect(resets(ann, mode)).rejects.toThrow('cannot be written');
    stores.isMute = false;
    expect(await ann.accountState()).toMatchObject({ enabled: true, damaged: false });
    expect((await ann.signsInWith(ann.code())).status).toBe('passed');
  });

  it('waits for 24 hours after a change of e-mail or password, unless a second person approves', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const { directory, clock } = ann.testHost;
    directory.changes.set(ann.id, clock.now() - 23 * hour);
    const until = new Date(clock.now() + hour).toISOString();
    const refused = { code: 'CONFLICT', extra: { reason: 'recent-change', until } };
    await expect(resets(ann, mode)).rejects.toMatchObject(refused);
    expect(await told(ann)).toBe(0);
    expect(await resets(ann, mode, { approvedBy: mia })).toMatchObject({ reset: true });
    const reset = (await ann.testHost.eventsOf(ann.id)).find(({ name }) => name === 'two-factor.reset');
    expect(reset?.data).toEqual({ mode, reason: 'lost phone', approvedBy: 'mia' });
  });

  it('goes ahead when the 24 hours are over', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const { directory, clock } = ann.testHost;
    directory.changes.set(ann.id, clock.now() - 24 * hour);
    expect(await resets(ann, mode)).toMatchObject({ reset: true });
  });

  it('is approved neither by the person who asks nor by the owner', async () => {
    const ann = await Person.protectedBy(new TestHost());
    for (const approvedBy of [sam, { type: 'account', id: ann.id } as const])
      await expect(resets(ann, mode, { approvedBy })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await told(ann)).toBe(0);
  });
});

describe('a reset that turns two-factor off', () => {
  it('is not done again while the host’s flag is not cleared yet, and clears it', async () => {
    const ann = await Person.protectedBy(new TestHost());
    ann.testHost.sink.refuse(1_000);
    expect(await resets(ann, 'disable')).toMatchObject({ reset: true });
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(true);
    for (const mode of resetModes) expect(await resets(ann, mode)).toMatchObject({ reset: false });
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
    ann.testHost.sink.refuse(0);
    ann.testHost.clock.advance(60_000);
    await ann.testHost.outboxRelay.sweep();
    expect(await told(ann)).toBe(1);
  });

  it('ends a set-up that was killed, or is running', async () => {
    const ann = new Person(new TestHost());
    await ann.begins();
    await ann.testHost.flags.raise(ann.id, (await ann.accountState()).set);
    expect(await resets(ann, 're-enrol')).toMatchObject({ reset: false });
    expect(await resets(ann, 'disable')).toMatchObject({ reset: true });
    await expect(ann.proves(ann.code())).rejects.toMatchObject({ code: 'CONFLICT' });
    await ann.testHost.outboxRelay.settled();
    expect(ann.testHost.directory.raised.has(ann.id)).toBe(false);
  });

  it.each([
    ['everyone', false],
    ['staff', true],
  ] as const)('is refused where it is required of %s', async (require, staff) => {
    const ann = new Person(new TestHost({ require }), staff);
    await ann.enrolls();
    const refused = resets(ann, 'disable');
    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', extra: { reason: 'required' } });
    await expect(refused).rejects.toThrow(/re-enrol or one-time-code/);
    expect((await ann.accountState()).enabled).toBe(true);
    expect(await resets(ann, 're-enrol')).toMatchObject({ reset: true });
  });
});

describe('a code for one sign-in', () => {
  it('is not made where data is damaged, or a set-up is due: it would not sign in', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const { stores } = ann.testHost;
    const { factors } = await ann.accountState();
    await stores.factors.remove(factors.find(({ kind }) => kind === 'numbers')!.id, ann.id);
    const code = () => resets(ann, 'one-time-code');
    await expect(code()).rejects.toMatchObject({ code: 'CONFLICT', extra: { reason: 'damaged' } });
    await resets(ann, 're-enrol');
    await expect(code()).rejects.toMatchObject({ code: 'CONFLICT', extra: { reason: 'must-enroll' } });
  });

  it('is not made void by a repeated request, but by a new wish half a minute later', async () => {
    const ann = await Person.protectedBy(new TestHost());
    const code = (await resets(ann, 'one-time-code')).oneTimeCode!.code;
    ann.testHost.clock.advance(29_999);
    const again = resets(ann, 'one-time-code');
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT', extra: { reason: 'just-handed-out' } });
    expect((await ann.signsInWith(code)).status).toBe('passed');
    ann.testHost.clock.advance(1);
    expect(await resets(ann, 'one-time-code')).toMatchObject({ reset: true });
    expect(await told(ann)).toBe(2);
  });
});
