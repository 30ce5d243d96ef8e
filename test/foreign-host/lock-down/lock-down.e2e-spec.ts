import { Injectable, Module } from '@nestjs/common';
import { TwoFactor, TwoFactorModule } from 'nestjs-two-factor';
import { EmitterSink } from 'nestjs-two-factor/emitter';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from '../host/accounts.js';
import { HostModule } from '../host/host.module.js';
import { keys } from '../host/keys.js';
import { Users } from '../host/users.js';
import { UsersModule } from '../host/users.module.js';
import { ForeignHost } from '../support/foreign-host.js';
import { LetterBook, linkIn, site } from '../support/letter-book.js';
import { passwordOf, protectedMember, setsUp } from '../support/protected-member.js';

type LockDown = Parameters<NonNullable<Accounts['lockedDown']>>[1];

/** The host's part of a lock-down: it gives the former address back, and says whether it mails a link. */
@Injectable()
class CarefulAccounts extends Accounts {
  static readonly calls: LockDown[] = [];

  constructor(private readonly people: Users) {
    super(people);
  }

  override async lockedDown(accountId: string, lockDown: LockDown): Promise<boolean> {
    CarefulAccounts.calls.push(lockDown);
    const former = lockDown.undo?.name === 'email' ? lockDown.undo.data['former'] : null;
    if (typeof former === 'string') await this.people.change(Number(accountId), { email: former });
    const account = await this.find(accountId);
    return account !== null && lockDown.isRecipient(account.email);
  }
}

@Module({
  imports: [
    HostModule,
    TwoFactorModule.forRoot({
      issuer: 'Example Hosting',
      keys,
      publicUrl: site,
      session: PassportSession,
      sink: EmitterSink,
      accounts: CarefulAccounts,
      mailer: LetterBook,
      imports: [UsersModule],
    }),
  ],
})
class CarefulApp {}

describe('“This wasn’t me” at another host', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: CarefulApp });
  });
  afterAll(() => host.close());

  it('takes a thief’s app away and ends the thief’s session, which the password cannot bring back', async () => {
    const { member, visitor: thief } = await protectedMember(host);
    const owner = host.visitor();
    await owner.goes(await linkIn(host, member, 'enabled'));
    expect(owner.page.text).toContain('Two-factor turned on');
    await owner.presses(owner.page.address);
    expect([owner.page.status, owner.page.title]).toEqual([200, 'Your account is locked down']);
    expect((await thief.asks('GET', '/account/security')).status).toBe(401);
    expect(await host.isGuarded(member)).toBe(false);
    const again = host.visitor();
    expect((await again.asks('POST', '/login', passwordOf(member))).body).toEqual({ welcome: true });
    await expect(setsUp(host, again, member)).rejects.toThrow('No set-up was started');
    await host.get(Users).change(Number(member.id), { password: 'another one' });
    await host.get(TwoFactor).passwordChanged(member.id);
    expect(await host.get(TwoFactor).status(member.id)).toMatchObject({ frozen: true });
    await host.get(TwoFactor).passwordChanged(member.id, undefined, { byMailedLink: true });
    const anew = { ...member, password: 'another one' };
    const mine = host.visitor();
    await mine.asks('POST', '/login', passwordOf(anew));
    expect((await setsUp(host, mine, anew)).codes).toHaveLength(10);
  });

  it('gives the host what it registered, once or more, with the same id', async () => {
    const { member } = await protectedMember(host);
    const former = member.email;
    const event = { id: `change ${member.id}`, name: 'address.changed', at: host.clock.now() };
    const undo = { name: 'email', data: { former } };
    const mail = { accountId: member.id, to: former, event, undo };
    const link = (await host.get(TwoFactor).stopLink(mail)) ?? '';
    await host.get(Users).change(Number(member.id), { email: 'thief@example.com' });
    const before = CarefulAccounts.calls.length;
    const answer = await host.visitor().asks('POST', link.slice(site.length), {});
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'locked-down', undone: false, mailed: true },
    });
    await host.get(TwoFactor).settled();
    const calls = CarefulAccounts.calls.slice(before);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    for (const call of calls) {
      expect(call).toMatchObject({ event: 'address.changed', undo });
      expect([call.isRecipient(former), call.isRecipient('thief@example.com')]).toEqual([true, false]);
    }
    expect((await host.get(Users).byId(Number(member.id)))?.email).toBe(former);
  });

  it('names no event that the host has no text for, and shows the page all the same', async () => {
    const member = await host.member('Eve');
    const event = { id: 'x', name: 'domain.moved', at: host.clock.now() };
    const mail = { accountId: member.id, to: member.email, event };
    const link = (await host.get(TwoFactor).stopLink(mail)) ?? '';
    const visitor = host.visitor();
    await visitor.goes(link.slice(site.length));
    expect([visitor.page.status, visitor.page.text]).toEqual([
      200,
      expect.stringContaining('A change of your account'),
    ]);
  });
});
