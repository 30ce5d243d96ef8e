import { Module } from '@nestjs/common';
import { TwoFactorModule } from 'nestjs-two-factor';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from '../host/accounts.js';
import { HostModule } from '../host/host.module.js';
import { keys } from '../host/keys.js';
import { UsersModule } from '../host/users.module.js';
import { ForeignHost } from '../support/foreign-host.js';
import { LetterBook, linkIn, site } from '../support/letter-book.js';
import { protectedMember } from '../support/protected-member.js';

@Module({
  imports: [
    HostModule,
    TwoFactorModule.forRoot({
      ...{ issuer: 'Example Hosting', keys, publicUrl: site },
      accounts: Accounts,
      session: PassportSession,
      mailer: LetterBook,
      imports: [UsersModule],
    }),
  ],
})
class SimpleApp {}

describe('“This wasn’t me” at a host that does nothing itself', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: SimpleApp });
  });
  afterAll(() => host.close());

  it('takes the change back, and says how to get a new password', async () => {
    const { member, visitor: thief } = await protectedMember(host);
    const link = await linkIn(host, member, 'enabled');
    const owner = host.visitor();
    await owner.goes(link);
    await owner.presses(link);
    expect(owner.page.text).toContain('Forgotten password?');
    expect((await thief.asks('GET', '/account/security')).status).toBe(401);
    const again = await host.visitor().asks('POST', link, {});
    expect(again).toMatchObject({ status: 410, body: { code: 'GONE', reason: 'used' } });
  });
});
