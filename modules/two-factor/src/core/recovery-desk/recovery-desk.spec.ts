import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { all, Desk, kim, sam } from './desk.fixture.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the recovery desk', () => {
  const desk = new Desk();

  beforeEach(() => desk.opens());

  it('opens a case after the right password, mails the owner, and lets the owner follow it', async () => {
    expect(await desk.outlook()).toEqual({ case: null, isReady: false, refusal: null });
    const { ann, host } = desk;
    const now = host.clock.now();
    expect(await desk.asks()).toMatchObject({ status: 'shown', refusal: null });
    const outlook = await desk.outlook();
    expect(outlook).toMatchObject({ isReady: false, case: { state: 'open', waitsUntil: now + 72 * HOUR } });
    const mail = host.letterbox.mails(ann.account).at(-1);
    expect(mail).toMatchObject({ template: 'recovery-requested' });
    expect(mail?.model).toMatchObject({ until: now + 72 * HOUR, ip: ann.ip, userAgent: 'Firefox' });
    expect(await desk.names()).toEqual(['requested']);
    const told = JSON.stringify([await host.eventsOf(ann.id), outlook.case?.linkHash]);
    expect(told).not.toContain(desk.link().split('.')[1]);
  });

  it('has one case for an account: a second click, and ten at once, open no other', async () => {
    await Promise.all(Array.from({ length: 10 }, () => desk.asks()));
    const first = await desk.id();
    await desk.asks();
    expect(await desk.id()).toBe(first);
    expect(await desk.names()).toEqual(['requested']);
    expect(await desk.mails()).toEqual(['recovery-requested']);
  });

  it('ends with a required set-up when agents have checked everything and the wait is over', async () => {
    await desk.asks();
    expect(await desk.ticks(['invoice-number', 'photo-id'])).toBe(true);
    await expect(desk.approves()).rejects.toMatchObject({ code: 'CONFLICT', extra: { reason: 'checklist' } });
    expect(await desk.ticks(all, kim)).toBe(true);
    expect(await desk.approves(kim)).toBe(true);
    expect((await desk.view())?.state).toBe('approved');
    desk.host.clock.advance(71 * HOUR);
    await desk.host.recoveryUpkeep.sweep();
    expect((await desk.outlook()).isReady).toBe(false);
    expect((await desk.ann.accountState()).enabled).toBe(true);
    desk.host.clock.advance(HOUR);
    await desk.host.recoveryUpkeep.sweep();
    expect(await desk.ann.accountState()).toMatchObject({ enabled: false, mustEnroll: true });
    expect(await desk.host.brake.status(desk.ann.id)).toMatchObject({ cause: 'recovery' });
    expect(await desk.view()).toMatchObject({ state: 'completed', reason: '' });
    expect(await desk.names()).toEqual([
      'requested',
      ...Array<string>(4).fill('checked'),
      'approved',
      'completed',
    ]);
    expect(await desk.mails()).toEqual(['recovery-requested', 'recovery-approved', 'recovery-completed']);
  });

  it('ends at once when the last approval comes after the wait, and by the owner’s own click', async () => {
    await desk.asks();
    await desk.ticks();
    desk.host.clock.advance(72 * HOUR);
    await desk.approves();
    expect((await desk.view())?.state).toBe('completed');

    await desk.opens();
    await desk.asks();
    await desk.ticks();
    await desk.approves();
    desk.host.clock.advance(72 * HOUR);
    expect(await desk.outlook()).toMatchObject({ isReady: true });
    expect(await desk.asks()).toEqual({ status: 'completed' });
    expect((await desk.ann.accountState()).enabled).toBe(false);
  });

  it('records each tick with its agent, once, and in the order of the list', async () => {
    await desk.asks();
    await desk.ticks(['photo-id']);
    expect(await desk.ticks(['photo-id'], kim)).toBe(false);
    const { checklist } = (await desk.view())!;
    expect(checklist.map(({ check, agent }) => [check, agent?.name])).toEqual([
      ['invoice-number', undefined],
      ['last-payment', undefined],
      ['call-back', undefined],
      ['photo-id', 'Sam Support'],
    ]);
    const told = (await desk.host.eventsOf(desk.ann.id)).filter(({ name }) => name.endsWith('.checked'));
    expect(told.map(({ actor, data }) => [actor, data])).toEqual([
      [
        { type: 'staff', id: 'sam' },
        { caseId: await desk.id(), check: 'photo-id' },
      ],
    ]);
  });

  it('loses no tick and no approval of agents who work at once', async () => {
    await desk.opens(2);
    await desk.asks();
    const agents = [sam, kim, { id: 'lee', name: 'Lee' }];
    await Promise.all(all.flatMap((check) => agents.map((agent) => desk.ticks([check], agent))));
    expect((await desk.view())?.canApprove).toBe(true);
    const approved = await Promise.all([sam, sam, kim].map((agent) => desk.approves(agent)));
    expect(approved.filter(Boolean)).toHaveLength(2);
    expect((await desk.names()).filter((name) => name === 'checked')).toHaveLength(4);
    expect(await desk.view()).toMatchObject({ state: 'approved', approvals: [{}, {}] });
  });

  it('wants two different agents where the policy asks for them', async () => {
    await desk.opens(2);
    await desk.asks();
    await desk.ticks();
    expect(await desk.approves(sam)).toBe(true);
    expect(await desk.approves(sam)).toBe(false);
    expect((await desk.view())?.state).toBe('open');
    expect(await desk.mails()).not.toContain('recovery-approved');
    expect(await desk.approves(kim)).toBe(true);
    expect((await desk.view())?.state).toBe('approved');
  });

  describe('is stopped', () => {
    beforeEach(() => desk.asks());

    const ended = async (reason: string) => {
      expect((await desk.outlook()).case).toBeNull();
      expect(await desk.view()).toMatchObject({ state: 'cancelled', reason });
      expect(await desk.names()).toContain('cancelled');
      expect(await desk.mails()).toContain('recovery-cancelled');
      expect(await desk.ticks()).toBe(false);
      expect(await desk.approves().catch(() => false)).toBe(false);
    };

    it('by the link of the mail, once; looking at it changes nothing', async () => {
      const link = desk.link();
      expect(await desk.host.recovery.ofLink(link)).toMatchObject({ state: 'open' });
      expect((await desk.view())?.state).toBe('open');
      expect(await desk.host.recovery.cancelByLink(link, desk.ann.origin)).toBe(true);
      expect(await desk.host.recovery.cancelByLink(link, desk.ann.origin)).toBe(false);
      expect(await desk.host.recovery.ofLink(link)).toBeNull();
      await ended('link');
    });

    it('by no other link', async () => {
      const [id, secret] = desk.link().split('.');
      const odd = [
        '',
        '.',
        id!,
        `${id}.`,
        `${id}.${'A'.repeat(43)}`,
        `.${secret}`,
        `${id}.${secret}x`,
        `x.${secret}`,
      ];
      for (const link of odd)
        expect(await desk.host.recovery.cancelByLink(link, desk.ann.origin)).toBe(false);
      expect((await desk.outlook()).case).not.toBeNull();
    });

    it('from a signed-in session', async () => {
      expect(await desk.host.recovery.cancel(await desk.owner(), desk.ann.origin)).toBe(true);
      expect(await desk.host.recovery.cancel(await desk.owner(), desk.ann.origin)).toBe(false);
      await ended('session');
    });

    it('by a sign-in with a factor, without a statement of the sign-in', async () => {
      await desk.ann.signsInWith(desk.ann.code());
      await ended('signed-in');
    });

    it('by a sign-in with a recovery code', async () => {
      await desk.ann.signsInWith(desk.ann.words[0]!);
      await ended('signed-in');
    });

    it('by a step-up in a session', async () => {
      await desk.ann.confirms(desk.ann.code());
      await ended('signed-in');
    });

    it('by maintenance, which notices a sign-in after a minute', async () => {
      await desk.ann.signsInWith(desk.ann.code());
      desk.host.clock.advance(61_000);
      await desk.host.recoveryUpkeep.sweep();
      expect(await desk.names()).toEqual(['requested', 'cancelled']);
    });

    it('by a change of the account: password, e-mail address, role, factors', async () => {
      desk.ann.changes();
      await ended('changed');
      await desk.opens();
      await desk.asks();
      await desk.ann.enrolls(desk.host.keys);
      await ended('changed');
      await desk.opens();
      await desk.asks();
      desk.ann.isSuspended();
      expect((await desk.view())?.state).toBe('cancelled');
    });

    it('by an agent, with a reason', async () => {
      const order = { id: await desk.id(), agent: sam };
      await expect(desk.host.recoveryDesk.refuse({ ...order, reason: ' ' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await desk.host.recoveryDesk.refuse({ ...order, reason: 'not the owner' })).toBe(true);
      expect(await desk.host.recoveryDesk.refuse({ ...order, reason: 'again' })).toBe(false);
      await ended('staff');
    });

    it('by time, where agents do not approve it within 30 days', async () => {
      desk.host.clock.advance(30 * DAY);
      await ended('expired');
    });

    it('also after agents approved it, and then never completes', async () => {
      await desk.ticks();
      await desk.approves();
      await desk.ann.signsInWith(desk.ann.code());
      desk.host.clock.advance(80 * HOUR);
      await desk.host.recoveryUpkeep.sweep();
      expect((await desk.ann.accountState()).enabled).toBe(true);
      expect(await desk.names()).not.toContain('completed');
    });

    it('not by wrong codes, wrong passwords, or a sign-in that was begun', async () => {
      await desk.ann.signsInWith(WRONG_NUMBER);
      await desk.ann.confirms(desk.ann.code(), 'wrong');
      await desk.ann.startsLogin();
      expect((await desk.outlook()).case).not.toBeNull();
    });
  });

  it('is stopped by a sign-in that a skip rule lets in', async () => {
    await desk.opens(1, { skips: true });
    await desk.asks();
    await desk.host.loginGate.admit({}, desk.ann.account, desk.ann.origin);
    expect(await desk.view()).toMatchObject({ state: 'cancelled', reason: 'signed-in' });
  });
});
