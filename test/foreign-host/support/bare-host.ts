import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Injectable,
  Module,
  Post,
  Req,
  Res,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import {
  AccountDirectory,
  LoginSession,
  TwoFactor,
  TwoFactorModule,
  type Account,
  type Completed,
  type Factor,
  type PendingLogin,
  type ProtectionChange,
  type TwoFactorOptions,
} from 'nestjs-two-factor';
import { FixedClock, MemoryStores, RecordingSink } from 'nestjs-two-factor/testing';
import { keys } from '../host/keys.js';

/** What this host keeps of a session. */
interface Session {
  readonly accountId: string;
  readonly key: string;
  readonly pending?: string;
  readonly signedInAt: number;
}

export const password = 'Ann likes hosting';
const ann: Account = { id: '1', label: 'Ann', email: 'ann@example.com', stamp: '1', staff: false };
const sessions = new Map<string, Session>();
let marker: number | null = null;

/** One account, without a database. */
@Injectable()
class BareAccounts extends AccountDirectory {
  async find(id: string): Promise<Account | null> {
    return id === ann.id ? ann : null;
  }

  override async checkPassword(_id: string, given: string): Promise<boolean> {
    return given === password;
  }

  async setProtected(_id: string, { protected: on, version }: ProtectionChange): Promise<void> {
    marker = on ? version : null;
  }

  async getProtection(): Promise<{ version: number } | null> {
    return marker === null ? null : { version: marker };
  }
}

/** Sessions in a map, without passport. */
@Injectable()
class BareSession extends LoginSession {
  async current(request: Request) {
    const session = sessionOf(request);
    return session && !session.pending ? { ...session, account: ann } : null;
  }

  async hold(request: Request, { id, accountId }: PendingLogin): Promise<string> {
    const key = randomUUID();
    begins(request, { accountId, key, pending: id, signedInAt: 0 });
    return key;
  }

  async pending(request: Request) {
    const { pending, accountId, key } = sessionOf(request) ?? {};
    return pending && accountId && key ? { id: pending, accountId, key } : null;
  }

  async completeLogin(request: Request): Promise<Completed> {
    await this.renew(request);
    return { status: 'signed-in', to: '/' };
  }

  async renew(request: Request): Promise<void> {
    const { accountId = '', key = '' } = sessionOf(request) ?? {};
    begins(request, { accountId, key, signedInAt: Date.UTC(2030, 0, 1) });
  }

  async abandon(): Promise<string> {
    return '/login';
  }

  async endOthers(accountId: string, keepKey: string | null): Promise<void> {
    for (const [id, session] of sessions)
      if (session.accountId === accountId && session.key !== keepKey) sessions.delete(id);
  }
}

function sessionOf({ headers: { cookie = '' } }: Request): Session | undefined {
  return sessions.get(/(?:^|; )sid=([\w-]+)/.exec(cookie)?.[1] ?? '');
}

function begins(request: Request, session: Session): void {
  const id = randomUUID();
  sessions.set(id, session);
  request.res?.cookie('sid', id, { httpOnly: true });
}

@Controller()
export class BareLogin {
  constructor(private readonly twoFactor: TwoFactor) {}

  @Post('login')
  async enter(@Req() request: Request, @Body() body: { password?: string }, @Res() response: Response) {
    if (body.password !== password) return response.status(401).json({});
    const answer = await this.twoFactor.admit(request, ann.id);
    if (answer.outcome !== 'admit') return response.json(answer.json);
    begins(request, { accountId: ann.id, key: randomUUID(), signedInAt: 0 });
    return response.json({ welcome: true });
  }

  @Get('danger')
  async danger(@Req() request: Request) {
    await this.twoFactor.requireFresh(request, 5);
    return { done: true };
  }
}

const own = {
  issuer: 'Bare Hosting',
  keys,
  accounts: BareAccounts,
  session: BareSession,
  sink: RecordingSink,
  clock: FixedClock,
};

/** Two-factor with sessions, stores and a clock of the host's own: no database, no passport, no emitter and no mailer. */
export function bareModule(
  factors?: readonly Factor[],
  options: Pick<TwoFactorOptions, 'recoveryDesk'> = {},
): DynamicModule {
  return TwoFactorModule.forRoot({ ...own, ...options, stores: MemoryStores, ...(factors && { factors }) });
}

/** The same, with tables in the `DataSource` that one of these modules exports. */
export function moduleWithTables(...imports: Type[]): DynamicModule {
  return TwoFactorModule.forRoot({ ...own, imports });
}

/** Such a host. */
@Module({ imports: [bareModule()], controllers: [BareLogin] })
export class BareApp {}
