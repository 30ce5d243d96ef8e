import { Controller, Module, Post, Req, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor, TwoFactorModule, trustedNetwork } from 'nestjs-two-factor';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Accounts } from '../host/accounts.js';
import { HostModule } from '../host/host.module.js';
import { keys } from '../host/keys.js';
import { Public } from '../host/marks.js';
import { requireSecondFactor } from '../host/require-second-factor.js';
import { signIn } from '../host/sign-in.js';
import { Users } from '../host/users.js';
import { UsersModule } from '../host/users.module.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember } from '../support/protected-member.js';

/** Sign-ins without a passport guard. */
@Public()
@Controller()
class ByHandController {
  constructor(
    private readonly users: Users,
    private readonly twoFactor: TwoFactor,
  ) {}

  @Post('by-hand')
  async enter(@Req() request: Request) {
    const user = await this.found(request);
    const answer = await this.twoFactor.admit(request, String(user.id));
    if (answer.outcome !== 'admit') return answer.json;
    return this.enters(request, user);
  }

  @Post('by-hand-without-two-factor')
  async forget(@Req() request: Request) {
    return this.enters(request, await this.found(request));
  }

  private async found({ body }: Request) {
    const { email, password } = body as { email: string; password: string };
    const user = await this.users.withPassword(email, password);
    if (!user) throw new UnauthorizedException();
    return user;
  }

  private async enters(request: Request, user: Awaited<ReturnType<ByHandController['found']>>) {
    requireSecondFactor(request, user);
    request.user = user;
    await signIn(request);
    return { welcome: true };
  }
}

const root = {
  issuer: 'Example Hosting',
  keys,
  accounts: Accounts,
  session: PassportSession,
  imports: [UsersModule],
};

@Module({
  imports: [
    HostModule,
    UsersModule,
    TwoFactorModule.forRoot({ ...root, skips: [trustedNetwork(['127.0.0.0/8'])] }),
  ],
  controllers: [ByHandController],
})
class ByHandApp {}

describe('from a network that is trusted', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: ByHandApp });
  });
  afterAll(() => host.close());

  it.each(['/login', '/enter-by-itself', '/enter-derived', '/by-hand'])(
    'the check does not shut out of %s whom two-factor admits',
    async (address) => {
      const { member } = await protectedMember(host);
      const visitor = host.visitor();
      expect((await visitor.asks('POST', address, passwordOf(member))).body).toEqual({ welcome: true });
      expect((await visitor.goes('/invoices')).title).toBe('Invoices of Ann');
    },
  );

  it('a sign-in by hand that does not ask two-factor is refused', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    expect((await visitor.asks('POST', '/by-hand-without-two-factor', passwordOf(member))).status).toBe(403);
    expect((await visitor.goes('/invoices')).status).toBe(401);
  });

  it('a sign-in by hand that does not ask two-factor ends at once where the account had a factor before', async () => {
    const { member } = await protectedMember(host);
    const twoFactor = host.get(TwoFactor);
    await twoFactor.reset(member.id, 'lost phone', { type: 'staff', id: '1' });
    await twoFactor.settled();
    for (const [address, status] of [
      ['/by-hand-without-two-factor', 401],
      ['/by-hand', 200],
    ] as const) {
      const visitor = host.visitor();
      expect((await visitor.asks('POST', address, passwordOf(member))).body).toEqual({ welcome: true });
      expect((await visitor.goes('/invoices')).status).toBe(status);
    }
  });
});
