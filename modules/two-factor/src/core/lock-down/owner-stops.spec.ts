import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { tokenId } from '../stop-links/stop-hash.js';

const day = 86_400_000;
const visitor = {
  actor: { type: 'system', id: 'visitor' },
  ip: '203.0.113.9',
  userAgent: null,
  requestId: null,
} as const;

/** The token of the link in the newest mail of this template. */
async function linkIn(testHost: TestHost, { account }: Person, template: string): Promise<string> {
  await testHost.outboxRelay.settled();
  const mail = testHost.letterbox.mails(account).findLast((each) => each.template === template);
  const address = mail?.model['stop'];
  if (typeof address !== 'string') throw new Error(`No link came in ${template}.`);
  return address.slice(address.lastIndexOf('/') + 1);
}

const labels = async (person: Person) =>
  (await person.accountState()).factors.map(({ kind, label }) => `${kind} ${label}`).sort();

describe('“This wasn’t me”', () => {
  let testHost: TestHost;
  beforeEach(() => (testHost = new TestHost({ stopLinks: true })));

  const stop = (token: string) => testHost.ownerStops.stop(token, visitor);

  it('takes a thief’s first factor away, and turns two-factor off as it was before', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    expect(await stop(token)).toEqual({ accountId: ann.id, undone: true, mailed: false });
    expect(await ann.accountState()).toMatchObject({ enabled: false, damaged: false, factors: [] });
    await testHost.outboxRelay.settled();
    expect(testHost.directory.raised.has(ann.id)).toBe(false);
    expect(testHost.sessions.ended.at(-1)).toMatchObject({ accountId: ann.id, keepKey: null });
    const events = (await testHost.eventsOf(ann.id)).slice(3);
    expect(events.map(({ name }) => name)).toEqual([
      'account.locked-down',
      'two-factor.factor.removed',
      'two-factor.disabled',
      'two-factor.brake.started',
    ]);
    expect(events[0]).toMatchObject({
      actor: visitor.actor,
      ip: visitor.ip,
      data: { event: 'two-factor.enabled', undone: true },
    });
    expect(testHost.letterbox.last(ann.account)).toMatchObject({ template: 'locked-down' });
    expect(testHost.letterbox.last(ann.account)?.model['stop']).toBeUndefined();
  });

  it('changes nothing when it is only looked at', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    const before = await ann.accountState();
    for (let times = 0; times < 3; times += 1)
      expect(await testHost.ownerStops.inspect(token)).toMatchObject({ eventName: 'two-factor.enabled' });
    expect(await ann.accountState()).toEqual(before);
  });

  it('never removes an older factor, nor the codes of the owner', async () => {
    const ann = await Person.protectedBy(testHost);
    const before = await labels(ann);
    await ann.enrolls(testHost.keys);
    await stop(await linkIn(testHost, ann, 'factor-enrolled'));
    expect(await labels(ann)).toEqual(before);
    expect((await ann.accountState()).damaged).toBe(false);
  });

  it('brings a replaced factor back, so that two-factor stays on', async () => {
    const ann = await Person.protectedBy(testHost);
    const old = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    await ann.enrolls(testHost.numbers, old?.id);
    expect((await ann.accountState()).factors.map(({ id }) => id)).not.toContain(old?.id);
    const token = await linkIn(testHost, ann, 'factor-replaced');
    expect(await stop(token)).toMatchObject({ undone: true });
    const { set, factors, damaged } = await ann.accountState();
    expect([set.primaryCount, damaged]).toEqual([1, false]);
    expect(factors.map(({ id }) => id)).toContain(old?.id);
  });

  it('never takes the last factor of an account that had one before the event', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const token = await linkIn(testHost, ann, 'factor-enrolled');
    const numbers = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    await testHost.factorRemoval.remove(await ann.owner(), numbers?.id ?? '', ann.origin);
    await stop(token);
    // The factor that was removed after the event is back, in the place of the one that the event added.
    expect(await ann.accountState()).toMatchObject({ enabled: true, damaged: false });
    expect((await ann.accountState()).factors.map(({ id }) => id)).toContain(numbers?.id);
    expect(await labels(ann)).not.toContain('keys Phone');
  });

  it('removes nothing where nothing older can come back', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.enrolls(testHost.keys);
    const token = await linkIn(testHost, ann, 'factor-enrolled');
    const numbers = (await ann.accountState()).factors.find(({ kind }) => kind === 'numbers');
    await testHost.factorRemoval.remove(await ann.owner(), numbers?.id ?? '', ann.origin);
    await testHost.stores.removed.discard(ann.id);
    expect(await stop(token)).toMatchObject({ undone: false });
    expect(await ann.accountState()).toMatchObject({ enabled: true, damaged: false });
    expect(await labels(ann)).toContain('keys Phone');
  });

  it('takes new recovery codes back, and the old ones work again', async () => {
    const ann = await Person.protectedBy(testHost);
    const [old] = ann.words;
    const words = testHost.registry.recoveryKinds()[0]!;
    const { codes } = await testHost.recoveryCodes.regenerate(await ann.owner(), words, ann.origin);
    await stop(await linkIn(testHost, ann, 'recovery-codes-issued'));
    expect((await ann.signsInWith(codes[0] ?? '')).status).not.toBe('passed');
    expect((await ann.signsInWith(old ?? '')).status).toBe('passed');
  });

  it('voids pending logins, trusted browsers, drafts and confirmations', async () => {
    const ann = await Person.protectedBy(testHost);
    const token = await linkIn(testHost, ann, 'enabled');
    const pending = await ann.startsLogin();
    await ann.begins(testHost.keys);
    await stop(token);
    const left = [];
    for (const purpose of ['pending', 'draft', 'device', 'step-up', 'confirm', 'codes', 'result'] as const)
      left.push(...(await testHost.stores.tokens.list({ purpose, accountId: ann.id }, testHost.clock.now())));
    expect(left).toEqual([]);
    expect(pending.accountState.enabled).toBe(true);
  });

  it('works once, also for two links of one event and for 50 requests at once', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    const { event, eventName } = (await testHost.stores.lockDowns.findLink(
      tokenId(token),
      testHost.clock.now(),
    ))!;
    const again = { id: 'another', accountId: ann.id, event, eventName, recipient: '', facts: { at: 0 } };
    const times = { createdAt: testHost.clock.now(), expiresAt: testHost.clock.now() + day };
    await testHost.stores.lockDowns.addLink({ ...again, ...times });
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => stop(token)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of all)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'GONE', status: 410 });
    await expect(stop(token)).rejects.toMatchObject({ code: 'GONE', extra: { reason: 'used' } });
    const events = await testHost.eventsOf(ann.id);
    expect(events.filter(({ name }) => name === 'account.locked-down')).toHaveLength(1);
  });

  it('is in a mail that is sent again after kill -9, and both links are used up together', async () => {
    const ann = new Person(testHost);
    const links: string[] = [];
    const send = testHost.letterbox.send.bind(testHost.letterbox);
    testHost.letterbox.send = async (to, notice) => {
      links.push(String(notice.model['stop']).split('/').at(-1) ?? '');
      if (links.length === 1) throw new Error('The process ended here.');
      return send(to, notice);
    };
    await ann.enrolls();
    await testHost.outboxRelay.settled();
    testHost.clock.advance(60_000);
    await testHost.anotherNode().sweep();
    const [first = '', second = ''] = links;
    expect(second).not.toBe(first);
    expect(await stop(second)).toMatchObject({ undone: true });
    await expect(stop(first)).rejects.toMatchObject({ code: 'GONE', extra: { reason: 'used' } });
  });

  it.each(['', ' ', 'x', 'x'.repeat(43), 'ß\0\u{1f4f1}'])(
    'is refused for a token that no mail contained: %j',
    async (token) => {
      for (const act of [stop(token), testHost.ownerStops.inspect(token)])
        await expect(act).rejects.toMatchObject({ code: 'GONE', extra: { reason: 'unknown' } });
    },
  );

  it('ends after 72 hours, and then looks like an unknown one', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    testHost.clock.advance(3 * day - 1);
    expect(await testHost.ownerStops.inspect(token)).toMatchObject({ accountId: ann.id });
    testHost.clock.advance(1);
    await expect(stop(token)).rejects.toMatchObject({ code: 'GONE', extra: { reason: 'unknown' } });
    expect((await ann.accountState()).enabled).toBe(true);
  });

  it('is limited to five a day for an account, and changes nothing beyond', async () => {
    const ann = await Person.protectedBy(testHost);
    const tokens: string[] = [];
    for (let times = 0; times < 6; times += 1) {
      const event = { id: `event ${times}`, name: 'login.succeeded' };
      const mail = { accountId: ann.id, to: ann.account.email, event, facts: { at: testHost.clock.now() } };
      tokens.push((await testHost.stopLinks.issue(mail))?.split('/').at(-1) ?? '');
    }
    const last = tokens.pop() ?? '';
    for (const token of tokens) await stop(token);
    const before = await ann.accountState();
    await expect(stop(last)).rejects.toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      extra: { retryAfter: 86_400 },
    });
    expect(await ann.accountState()).toEqual(before);
    expect(testHost.securityLog.refusals).toEqual([
      { limit: 'lock-downs', accountId: ann.id, ip: visitor.ip, until: testHost.clock.now() + day },
    ]);
    testHost.clock.advance(day);
    expect(await stop(last)).toMatchObject({ undone: false });
  });

  it('survives every change of factors: a thief cannot void the links of the owner', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    await ann.enrolls(testHost.keys);
    await testHost.factorRemoval.disable(await ann.owner(), ann.origin);
    ann.changes();
    expect(await stop(token)).toMatchObject({ undone: false });
  });

  it('stores no token', async () => {
    const ann = new Person(testHost);
    await ann.enrolls();
    const token = await linkIn(testHost, ann, 'enabled');
    const link = await testHost.stores.lockDowns.findLink(tokenId(token), testHost.clock.now());
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(link)).not.toContain(token);
    expect(JSON.stringify(link)).not.toContain(ann.account.email);
  });

  it('is in no mail where the host has no public address', async () => {
    const other = new TestHost();
    const ann = new Person(other);
    await ann.enrolls();
    await other.outboxRelay.settled();
    expect(other.letterbox.last(ann.account)?.model).not.toHaveProperty('stop');
  });
});
