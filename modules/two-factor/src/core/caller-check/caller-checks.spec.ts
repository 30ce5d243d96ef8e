import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import type { CallerResult } from './caller-checks.js';

const MINUTE = 60_000;
const sam = { id: 'sam', name: 'Sam Support' };
const kim = { id: 'kim', name: 'Kim Desk' };

describe('a caller check', () => {
  let host: TestHost;
  let ann: Person;

  beforeEach(async () => {
    host = new TestHost();
    ann = await Person.protectedBy(host);
  });

  const starts = (agent = sam) => host.callerCheckDesk.start({ accountId: ann.id, agent });
  const open = () => host.callerChecks.open(ann.id);
  const views = () => host.callerCheckDesk.list({ accountId: ann.id });
  const verified = (agentId?: string) =>
    host.callerCheckDesk.verified({ accountId: ann.id, ...(agentId && { agentId }) });
  const newest = async () => (await open())[0]?.id ?? 'none';
  const confirms = async (code: string, check?: string): Promise<CallerResult> =>
    host.callerChecks.confirm(
      await ann.browser(),
      { check: check ?? (await newest()), asked: 'numbers', proof: { code } },
      ann.origin,
    );
  const names = async () => (await host.eventNamesOf(ann.id)).slice(3);

  it('shows the agent’s name and words to the customer, and is verified by a factor for ten minutes', async () => {
    const started = await starts();
    expect(started).toMatchObject({ agent: 'Sam Support', state: 'open', by: null, strong: false });
    expect(started.words).toMatch(/^[a-z]+ [a-z]+ [a-z]+$/);
    expect(await open()).toMatchObject([{ agentName: 'Sam Support', words: started.words }]);
    host.clock.advance(9 * MINUTE);
    const now = host.clock.now();
    expect(await confirms(ann.code())).toEqual({
      status: 'verified',
      by: 'numbers',
      until: now + 10 * MINUTE,
    });
    expect(await verified('sam')).toEqual({
      ...{ by: 'numbers', strong: true, agentId: 'sam' },
      until: now + 10 * MINUTE,
    });
    expect(await verified('kim')).toBeNull();
    expect(await verified()).toMatchObject({ agentId: 'sam' });
    host.clock.advance(10 * MINUTE);
    expect(await verified('sam')).toBeNull();
    expect((await views())[0]?.state).toBe('expired');
  });

  it('is in the audit with both sides: who asked, and who confirmed by which factor', async () => {
    await starts();
    await confirms(ann.code());
    const events = (await host.eventsOf(ann.id)).slice(3);
    const factor = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    expect(events.map(({ name, actor }) => [name, actor.type, actor.id])).toEqual([
      ['caller.check-started', 'staff', 'sam'],
      ['caller.verified', 'account', ann.id],
    ]);
    expect(events[1]?.data).toEqual({
      ...{ by: 'numbers', factorId: factor?.id, label: 'Phone', agentId: 'sam', agent: 'Sam Support' },
      ...{ checkId: expect.any(String), until: host.clock.now() + 10 * MINUTE },
    });
    expect(JSON.stringify(events)).not.toContain((await views())[0]?.words.split(' ')[0]);
  });

  it('uses a code up, and a recovery code too', async () => {
    await starts();
    const code = ann.code();
    await confirms(code);
    await starts();
    expect(await confirms(code)).toMatchObject({ status: 'refused', reason: 'used' });
    const [word] = ann.words;
    expect(await confirms(word!)).toMatchObject({ status: 'verified', by: 'words' });
    await starts();
    expect(await confirms(word!)).toMatchObject({ status: 'refused', reason: 'used' });
  });

  it('counts wrong codes like a step-up, and waits after the fifth', async () => {
    await starts();
    for (let i = 0; i < 5; i += 1) expect((await confirms(WRONG_NUMBER)).status).toBe('refused');
    expect((await confirms(ann.code())).status).toBe('throttled');
    expect((await confirms(ann.words[0]!)).status).toBe('verified');
    expect(await names()).toContain('step-up.failed');
    const failed = (await host.eventsOf(ann.id)).find(({ name }) => name === 'two-factor.step-up.failed');
    expect(failed?.data).toMatchObject({ act: 'caller.verify', reason: 'wrong' });
  });

  it('opens nothing: it is no step-up', async () => {
    await starts();
    await confirms(ann.code());
    expect(await ann.may({ name: 'two-factor.disable', title: '' })).toBe(false);
  });

  it('has the weaker label for a person without a factor, whatever is sent', async () => {
    ann = new Person(host);
    await starts();
    expect(host.callerChecks.isSignedInOnly(await ann.browser())).toBe(true);
    expect(await confirms('anything')).toMatchObject({ status: 'verified', by: 'signed-in' });
    expect(await verified('sam')).toMatchObject({ by: 'signed-in', strong: false });
  });

  it('is not given to the session alone where there is a factor, nor where the data is damaged', async () => {
    await starts();
    expect(await confirms('')).toEqual({ status: 'malformed' });
    const { factors } = await ann.accountState();
    const { id } = factors.find(({ kind }) => kind === 'numbers')!;
    await host.stores.factors.remove(id, ann.id);
    expect(host.callerChecks.isSignedInOnly(await ann.browser())).toBe(false);
    await expect(confirms(ann.code())).rejects.toThrow(/damaged/);
    expect(await verified()).toBeNull();
  });

  it('ends after ten minutes without an answer', async () => {
    await starts();
    const check = await newest();
    host.clock.advance(10 * MINUTE);
    expect(await open()).toEqual([]);
    expect(await confirms(ann.code(), check)).toEqual({ status: 'ended' });
    expect((await views())[0]).toMatchObject({ state: 'expired', by: null });
    expect((await confirms(ann.code())).status).toBe('ended');
  });

  it('is replaced by a new one of the same agent, and stands beside those of others', async () => {
    await starts();
    const first = await newest();
    host.clock.advance(1000);
    await starts(kim);
    host.clock.advance(1000);
    await starts();
    expect((await open()).map(({ agentId }) => agentId)).toEqual(['sam', 'kim']);
    expect(await confirms(ann.code(), first)).toEqual({ status: 'ended' });
    const code = ann.code();
    expect((await confirms(code)).status).toBe('verified');
    expect(await verified('kim')).toBeNull();
  });

  it('is answered once: of two clicks with one code one counts', async () => {
    await starts();
    const check = await newest();
    const code = ann.code();
    const both = await Promise.all([confirms(code, check), confirms(code, check)]);
    expect(both.map(({ status }) => status).filter((status) => status === 'verified')).toHaveLength(1);
    expect((await names()).filter((name) => name === 'caller.verified')).toHaveLength(1);
  });

  it('is ended by "I am not on the phone with anybody", which warns staff for a day', async () => {
    await starts();
    const check = await newest();
    const who = await ann.browser();
    expect(await host.callerChecks.deny(who, check, ann.origin)).toBe(true);
    expect(await host.callerChecks.deny(who, check, ann.origin)).toBe(false);
    expect(await confirms(ann.code(), check)).toEqual({ status: 'ended' });
    host.clock.advance(23 * 60 * MINUTE);
    expect((await views())[0]).toMatchObject({ state: 'denied', strong: false });
    expect(await names()).toEqual(['caller.check-started', 'caller.denied']);
  });

  it('cannot be answered by another account', async () => {
    await starts();
    const check = await newest();
    const bob = await Person.protectedBy(host);
    const answer = { check, asked: 'numbers', proof: { code: bob.code() } };
    const result = await host.callerChecks.confirm(await bob.browser(), answer, bob.origin);
    expect(result).toEqual({ status: 'ended' });
    expect(await host.callerChecks.deny(await bob.browser(), check, bob.origin)).toBe(false);
    expect((await open()).length).toBe(1);
  });

  it('outlives a change of factors, because it is for a reset', async () => {
    await starts();
    await confirms(ann.code());
    await host.admin.reset(ann.id, 'lost phone', { type: 'staff', id: 'sam' });
    expect(await verified('sam')).toMatchObject({ strong: true });
  });

  it('is not started for an account that is unknown, nor for the agent’s own', async () => {
    await expect(host.callerCheckDesk.start({ accountId: 'nobody', agent: sam })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const own = { id: ann.id, name: 'Ann' };
    await expect(starts(own)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('keeps a long or odd name of an agent to one short line', async () => {
    await starts({ id: 'x', name: `${'N'.repeat(90)}\n\u202Eevil` });
    expect((await open())[0]?.agentName).toMatch(/^N{80}$/);
  });
});
