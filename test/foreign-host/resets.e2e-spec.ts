import { type AccountDirectory, TwoFactor } from 'nestjs-two-factor';
import { Accounts } from './host/accounts.js';
import { GuardedApp } from './host/guarded.app.js';
import { requireSecondFactor } from './host/require-second-factor.js';
import { Users } from './host/users.js';
import { ForeignHost, type Member } from './support/foreign-host.js';
import { Phone } from './support/phone.js';
import { passwordOf, protectedMember } from './support/protected-member.js';

const agent = { type: 'staff', id: '7' } as const;
const reason = 'The caller lost the phone.';
const modes = ['disable', 're-enrol', 'one-time-code'] as const;

describe('a host that resets its members', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: GuardedApp });
  });
  afterAll(() => host.close());

  const resets = ({ id }: Member, mode: (typeof modes)[number]) =>
    host.get(TwoFactor).reset(id, { mode, reason }, agent);
  const signsIn = (member: Member, visitor = host.visitor()) =>
    visitor.asks('POST', '/login', passwordOf(member));

  it('ends the sessions, and leads to what the mode says', async () => {
    const states = { disable: undefined, 're-enrol': 'enrol', 'one-time-code': 'challenge' };
    for (const mode of modes) {
      const { member, visitor } = await protectedMember(host);
      expect((await visitor.asks('GET', '/invoices')).status).toBe(200);
      expect(await resets(member, mode)).toMatchObject({ mode, reset: true });
      expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
      expect((await signsIn(member)).body['status']).toBe(states[mode]);
      expect(await host.told(member)).toContain('two-factor.reset');
      expect(await host.isGuarded(member)).toBe(mode !== 'disable');
    }
  });

  it('opens nothing but the set-up, which signs in', async () => {
    const { member } = await protectedMember(host);
    await resets(member, 're-enrol');
    const visitor = host.visitor();
    await visitor.goes('/login');
    await visitor.submits(passwordOf(member));
    expect(visitor.page.address).toBe('/login/enrol/totp');
    expect(visitor.page.text).toContain('Our staff reset your two-factor authentication.');
    for (const room of ['/invoices', '/account/security', '/login/challenge'])
      expect((await visitor.asks('GET', room)).status).toBe(401);
    await visitor.goes('/login/enrol/totp');
    await visitor.presses('/login/enrol/totp/setup');
    const uri = new URL(visitor.page.link('Open in authenticator app'));
    const phone = new Phone(uri.searchParams.get('secret') ?? '', host.clock);
    await visitor.submits({ code: phone.code(), label: '' });
    expect((await visitor.asks('GET', '/invoices')).status).toBe(200);
    expect((await signsIn(member)).body['status']).toBe('challenge');
  });

  it('signs in by the code that was read out, once, and leads to a new set-up', async () => {
    const { member } = await protectedMember(host);
    const { oneTimeCode } = await resets(member, 'one-time-code');
    const code = oneTimeCode?.code ?? '';
    const visitor = host.visitor();
    await visitor.goes('/login');
    await visitor.submits(passwordOf(member));
    expect(visitor.page.title).toBe('Enter the code from our help desk');
    const page = await visitor.submits({ code });
    expect(page.title).toBe('You signed in with a code from our help desk');
    expect(page.link('Set up two-factor again')).toContain(`/account/security/two-factor/totp?replaces=`);
    const again = host.visitor();
    await signsIn(member, again);
    expect((await again.asks('POST', '/login/challenge', { code })).status).toBe(401);
    expect(await host.told(member)).toEqual(
      expect.arrayContaining(['two-factor.challenge.passed', 'two-factor.help-desk-code.used']),
    );
  });

  it('keeps the member out by the check of the host, while the module does not ask', async () => {
    const { member } = await protectedMember(host);
    await resets(member, 're-enrol');
    const user = await host.get(Users).byId(Number(member.id));
    const request = {} as Parameters<typeof requireSecondFactor>[0];
    expect(() => requireSecondFactor(request, user!)).toThrow();
  });

  it('changes nothing for a member without two-factor, or none at all', async () => {
    const bob = await host.member('Bob');
    for (const mode of modes) expect(await resets(bob, mode)).toEqual({ mode, reset: false });
    expect(await host.told(bob)).toEqual([]);
    const nobody = resets({ ...bob, id: '4711' }, 're-enrol');
    await expect(nobody).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('waits after a change that only the host knows, where the host tells', async () => {
    const { member } = await protectedMember(host);
    const directory: AccountDirectory = Accounts.prototype;
    directory.changedAt = () => Promise.resolve(host.clock.now() - 1000);
    try {
      const refused = { code: 'CONFLICT', extra: { reason: 'recent-change' } };
      for (const mode of modes) await expect(resets(member, mode)).rejects.toMatchObject(refused);
      const approvedBy = { type: 'staff', id: '8' } as const;
      const request = { mode: 're-enrol', reason, approvedBy } as const;
      expect(await host.get(TwoFactor).reset(member.id, request, agent)).toMatchObject({ reset: true });
    } finally {
      delete directory.changedAt;
    }
  });
});
