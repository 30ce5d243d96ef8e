import { Injectable, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Request } from 'express';
import { OpenApp } from '../host/open.app.js';
import { Users } from '../host/users.js';
import { UsersModule } from '../host/users.module.js';
import { ForeignHost } from '../support/foreign-host.js';
import { protectedMember } from '../support/protected-member.js';

/** Programs of members come with a token; here it is the id. */
@Injectable()
class TokenGuard implements CanActivate {
  constructor(private readonly users: Users) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const id = request.headers.authorization?.slice('Bearer '.length);
    if (id === undefined) return true;
    request.user = (await this.users.byId(Number(id))) ?? undefined;
    if (request.headers['x-without-session']) Reflect.deleteProperty(request, 'session');
    request.isAuthenticated = (() => true) as Request['isAuthenticated'];
    return true;
  }
}

@Module({ imports: [OpenApp, UsersModule], providers: [{ provide: APP_GUARD, useClass: TokenGuard }] })
class TokenApp {}

describe('a user that no session stands for', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: TokenApp });
  });
  afterAll(() => host.close());

  it.each<Record<string, string>>([{}, { 'x-without-session': '1' }])(
    'is left alone by changes of factors, and given no session: %j',
    async (headers) => {
      const { member } = await protectedMember(host);
      const stranger = await host.member('Bob');
      for (const { id } of [member, stranger]) {
        const answer = await fetch(`${host.url}/invoices`, {
          headers: { ...{ authorization: `Bearer ${id}` }, ...headers },
        });
        expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
      }
    },
  );
});
