import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import type { BrakeCause } from './brake-status.js';

const hour = 3_600_000;

/** Starts the brake in a transaction, as its causes do. */
function brakes(person: Person, cause: BrakeCause = 'reset'): Promise<void> {
  const { transactions, brake } = person.testHost;
  return transactions.run({ accountId: person.id, origin: person.origin }, (stores, emit) =>
    brake.start(stores, emit, person.id, cause),
  );
}

const refused = (until: string | null, reason = 'brake') =>
  expect.objectContaining({
    code: 'COOLING_DOWN',
    status: 403,
    extra: expect.objectContaining({ until, reason }) as unknown,
  }) as Error;

const iso = (at: number) => new Date(at).toISOString();

describe('the brake', () => {
  const testHost = new TestHost();
  const { clock, brake } = testHost;
  const events = async (person: Person) =>
    (await testHost.eventsOf(person.id))
      .filter(({ name }) => name.startsWith('two-factor.brake.'))
      .map(({ name, data }) => [name.replace('two-factor.brake.', ''), data]);

  it('refuses dangerous actions for 72 hours after its cause, and not a moment longer', async () => {
    const ann = new Person(testHost);
    await expect(brake.requireReleased(ann.id)).resolves.toBeUndefined();
    await brakes(ann);
    const until = clock.now() + 72 * hour;
    expect(await brake.status(ann.id)).toEqual({ cause: 'reset', startedAt: clock.now(), until });
    clock.advance(72 * hour - 1);
    await expect(brake.requireReleased(ann.id)).rejects.toEqual(refused(iso(until)));
    clock.advance(1);
    await expect(brake.requireReleased(ann.id)).resolves.toBeUndefined();
    expect(await brake.status(ann.id)).toBeNull();
  });

  it('is told to the owner with its cause, by one event and one mail', async () => {
    const ann = new Person(testHost);
    await brakes(ann, 'lock-down');
    expect(await events(ann)).toEqual([['started', { cause: 'lock-down', until: clock.now() + 72 * hour }]]);
    expect(testHost.letterbox.to(ann.account)).toEqual(['brake-started']);
  });

  it('is extended by a later cause', async () => {
    const ann = new Person(testHost);
    await brakes(ann);
    clock.advance(48 * hour);
    await brakes(ann, 'recovery');
    expect(await brake.status(ann.id)).toMatchObject({ cause: 'recovery', until: clock.now() + 72 * hour });
  });

  it('does not begin when its cause is rolled back', async () => {
    const ann = new Person(testHost);
    const failing = testHost.transactions.run(
      { accountId: ann.id, origin: ann.origin },
      async (stores, emit) => {
        await brake.start(stores, emit, ann.id, 'reset');
        throw new Error('undone');
      },
    );
    await expect(failing).rejects.toThrow('undone');
    expect([await brake.status(ann.id), await events(ann)]).toEqual([null, []]);
  });

  it('of one person does not concern others', async () => {
    const [ann, bob] = [new Person(testHost), new Person(testHost)];
    await brakes(ann);
    await expect(brake.requireReleased(bob.id)).resolves.toBeUndefined();
  });

  it('begins with the time of a change that the host reports, once for each change', async () => {
    const ann = new Person(testHost);
    const at = clock.now() - hour;
    for (let times = 0; times < 3; times += 1) await brake.startPast(ann.id, 'email-change', at, ann.origin);
    const until = at + 72 * hour;
    expect(await brake.status(ann.id)).toEqual({ cause: 'email-change', startedAt: at, until });
    expect(await events(ann)).toEqual([['started', { cause: 'email-change', until }]]);
    expect(testHost.letterbox.to(ann.account)).toEqual(['brake-started']);
  });

  it('is not started again by a change that is reported again after two people ended it', async () => {
    const ann = new Person(testHost);
    const at = clock.now();
    await brake.startPast(ann.id, 'email-change', at, ann.origin);
    await testHost.brakeShortenings.shorten(ann.id, agreed, sam);
    await brake.startPast(ann.id, 'email-change', at, ann.origin);
    expect(await brake.status(ann.id)).toBeNull();
  });

  it('stops nothing any more where its change is reported days later', async () => {
    const ann = new Person(testHost);
    await brake.startPast(ann.id, 'email-change', clock.now() - 73 * hour, ann.origin);
    expect([await brake.status(ann.id), await events(ann)]).toEqual([null, []]);
  });

  it('tells the owner once a day for each action that was asked for', async () => {
    const ann = new Person(testHost);
    await brakes(ann);
    const until = clock.now() + 72 * hour;
    for (const act of ['epp-code.show', 'epp-code.show', 'nameservers.change'])
      await expect(brake.ask(ann.id, act, ann.origin)).rejects.toEqual(refused(iso(until)));
    expect((await events(ann)).slice(1)).toEqual([
      ['refused', { act: 'epp-code.show', until }],
      ['refused', { act: 'nameservers.change', until }],
    ]);
    clock.advance(24 * hour);
    await brake.ask(ann.id, 'epp-code.show', ann.origin).catch(() => undefined);
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.to(ann.account)).toEqual([
      'brake-started',
      ...Array<string>(3).fill('brake-refused'),
    ]);
  });

  it('tells nothing about an action that it does not refuse', async () => {
    const ann = new Person(testHost);
    await brake.ask(ann.id, 'epp-code.show', ann.origin);
    expect([await events(ann), testHost.letterbox.to(ann.account)]).toEqual([[], []]);
  });

  it('is in the status of the account', async () => {
    const ann = new Person(testHost);
    expect(await testHost.statusReader.read(ann.id)).toMatchObject({ brake: null, frozen: false });
    await brakes(ann);
    const status = { brake: { cause: 'reset', startedAt: clock.now(), until: clock.now() + 72 * hour } };
    expect(await testHost.statusReader.read(ann.id)).toMatchObject(status);
  });

  it('is deleted with the account', async () => {
    const ann = new Person(testHost);
    await brakes(ann);
    await testHost.admin.purge(ann.id);
    expect(await testHost.stores.brakes.read(ann.id)).toBeNull();
  });

  const sam = { type: 'staff', id: 'sam' } as const;
  const agreed = { reason: 'called back', approvedBy: { type: 'staff', id: 'mia' } } as const;

  describe('ends early', () => {
    it('when two agents agree; the owner is told', async () => {
      const ann = new Person(testHost);
      await brakes(ann);
      const until = clock.now() + 72 * hour;
      expect(await testHost.brakeShortenings.shorten(ann.id, agreed, sam)).toBe(true);
      await expect(brake.requireReleased(ann.id)).resolves.toBeUndefined();
      expect((await events(ann)).at(-1)).toEqual([
        'shortened',
        { reason: 'called back', approvedBy: 'mia', until },
      ]);
      expect((await testHost.eventsOf(ann.id)).at(-1)?.actor).toEqual(sam);
      expect(testHost.letterbox.to(ann.account)).toEqual(['brake-started', 'brake-shortened']);
    });

    it('once, however many agree at the same moment', async () => {
      const ann = new Person(testHost);
      await brakes(ann);
      const ends = await Promise.all(
        [1, 2, 3].map(() => testHost.brakeShortenings.shorten(ann.id, agreed, sam)),
      );
      expect(ends.filter(Boolean)).toHaveLength(1);
      expect(await testHost.brakeShortenings.shorten(ann.id, agreed, sam)).toBe(false);
    });

    it('not for good: a new cause starts it again', async () => {
      const ann = new Person(testHost);
      await brakes(ann);
      await testHost.brakeShortenings.shorten(ann.id, agreed, sam);
      await brakes(ann);
      await expect(brake.requireReleased(ann.id)).rejects.toEqual(refused(iso(clock.now() + 72 * hour)));
    });

    it.each([
      ['one agent alone', { ...agreed, approvedBy: { type: 'staff', id: 'sam' } }, undefined],
      ['one agent as an operator too', { ...agreed, approvedBy: { type: 'cli', id: 'sam' } }, undefined],
      ['an agent and the owner', agreed, 'account'],
      ['an agent and maintenance', { ...agreed, approvedBy: { type: 'system', id: 'x' } }, undefined],
      ['nobody with a reason', { ...agreed, reason: ' ' }, undefined],
    ] as const)('not by %s', async (_, given, type) => {
      const ann = new Person(testHost, true);
      await brakes(ann);
      const actor = type ? { type, id: ann.id } : sam;
      const shortening = testHost.brakeShortenings.shorten(ann.id, given, actor);
      await expect(shortening).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(await brake.status(ann.id)).not.toBeNull();
    });

    it('not for staff who approve the end of their own', async () => {
      const mia = new Person(testHost, true);
      await brakes(mia);
      for (const [given, actor] of [
        [{ ...agreed, approvedBy: { type: 'staff', id: mia.id } }, sam],
        [agreed, { type: 'staff', id: mia.id }],
      ] as const) {
        const shortening = testHost.brakeShortenings.shorten(mia.id, given, actor);
        await expect(shortening).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
    });
  });

  it('does not exist where the policy has none', async () => {
    const off = new TestHost({ brakeHours: 0 });
    const ann = await Person.protectedBy(off);
    await brakes(ann);
    await off.brake.startPast(ann.id, 'email-change', off.clock.now(), ann.origin);
    await off.brake.ask(ann.id, 'epp-code.show', ann.origin);
    await off.factorRemoval.disable(await ann.owner(), ann.origin);
    expect((await off.eventNamesOf(ann.id)).filter((name) => name.startsWith('brake.'))).toEqual([]);
  });

  it('that runs ends at once where the policy has none any more', async () => {
    const stores = testHost.stores;
    const ann = new Person(testHost);
    await brakes(ann);
    const off = new TestHost({ brakeHours: 0, stores });
    expect(await off.brake.status(ann.id)).toBeNull();
    await expect(off.brake.requireReleased(ann.id)).resolves.toBeUndefined();
  });
});

describe('a frozen account', () => {
  const testHost = new TestHost();
  const { clock, brake, stores } = testHost;

  it('keeps its owner’s sessions from every change of its factors', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.begins(testHost.keys);
    await brake.freeze(stores, ann.id);
    const owner = await ann.owner();
    const words = testHost.registry.recovery('words')!;
    const first = owner.accountState.factors.find(({ kind }) => kind === 'numbers');
    for (const change of [
      () => ann.proves(ann.code(0, testHost.keys), testHost.keys),
      () => testHost.factorRemoval.remove(owner, first!.id, ann.origin),
      () => testHost.factorRemoval.disable(owner, ann.origin),
      () => testHost.recoveryCodes.regenerate(owner, words, ann.origin),
    ])
      await expect(change()).rejects.toEqual(refused(null, 'frozen'));
    expect((await ann.accountState()).set).toEqual(owner.accountState.set);
  });

  it('can be reset by staff', async () => {
    const ann = await Person.protectedBy(testHost);
    await brake.freeze(stores, ann.id);
    expect(await testHost.admin.reset(ann.id, 'asked for', { type: 'staff', id: 'sam' })).toBe(true);
  });

  it('is free once the password was set anew, and not by an earlier change', async () => {
    const ann = await Person.protectedBy(testHost);
    const before = clock.now();
    clock.advance(1);
    await brake.freeze(stores, ann.id);
    await testHost.admin.passwordChanged(ann.id, before);
    await expect(brake.requireUnfrozen(ann.id)).rejects.toEqual(refused(null, 'frozen'));
    await testHost.admin.passwordChanged(ann.id, clock.now());
    await expect(brake.requireUnfrozen(ann.id)).resolves.toBeUndefined();
  });

  it('is frozen where the policy has no brake too', async () => {
    const off = new TestHost({ brakeHours: 0 });
    const ann = await Person.protectedBy(off);
    await off.brake.freeze(off.stores, ann.id);
    await expect(off.brake.requireReleased(ann.id)).rejects.toEqual(refused(null, 'frozen'));
    expect(await off.statusReader.read(ann.id)).toMatchObject({ brake: null, frozen: true });
  });

  it('tells the owner of a dangerous action that was asked for', async () => {
    const ann = new Person(testHost);
    await brake.freeze(stores, ann.id);
    await brake.ask(ann.id, 'epp-code.show', ann.origin).catch(() => undefined);
    await testHost.outboxRelay.settled();
    expect(testHost.letterbox.last(ann.account)).toMatchObject({
      template: 'brake-refused',
      model: { act: 'epp-code.show', until: null },
    });
  });
});
