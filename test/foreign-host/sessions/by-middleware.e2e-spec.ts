import { Module, RequestMethod, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import type { RequestHandler } from 'express';
import session, { MemoryStore } from 'express-session';
import passport from 'passport';
import type { Visitor } from '../../support/people/visitor.js';
import { SettingsApp } from '../host/settings.app.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember, setsUp } from '../support/protected-member.js';

/** Sessions by middleware of Nest, which comes behind that of the package. */
@Module({ imports: [SettingsApp] })
class MiddlewareApp implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const store = new MemoryStore();
    const sessions = session({ store, secret: 'host', resave: false, saveUninitialized: false });
    consumer.apply(sessions, passport.session() as RequestHandler).forRoutes('{*path}');
  }
}

describe('a host with sessions by middleware of Nest, below a prefix that some routes leave out', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({
      app: MiddlewareApp,
      sessions: () => undefined,
      configure: (app) =>
        app.setGlobalPrefix('api', { exclude: [{ path: 'invoices', method: RequestMethod.GET }] }),
    });
  });
  afterAll(() => host.close());

  const isIn = async (visitor: Visitor) => [
    (await visitor.goes('/invoices')).status,
    (await visitor.goes('/api')).status,
    (await visitor.goes('/invoices')).status,
  ];

  it('ends the other sessions with a set-up, and none of the one that made it', async () => {
    const member = await host.member('Eve');
    const [here, there] = [host.visitor(), host.visitor()];
    for (const visitor of [here, there]) await visitor.asks('POST', '/api/login', passwordOf(member));
    expect([await isIn(here), await isIn(there)]).toEqual([Array(3).fill(200), Array(3).fill(200)]);
    await setsUp(host, here, member, '/api');
    expect([await isIn(here), await isIn(there)]).toEqual([Array(3).fill(200), Array(3).fill(401)]);
    expect((await there.asks('POST', '/api/login', passwordOf(member))).body['status']).toBe('challenge');
  });

  it('keeps those in who were protected and signed in by a code', async () => {
    const { member, visitor, phone } = await protectedMember(host, '/api');
    const there = host.visitor();
    await there.asks('POST', '/api/login', passwordOf(member));
    expect((await there.asks('POST', '/api/login/challenge', { code: phone.code() })).status).toBe(200);
    expect([await isIn(visitor), await isIn(there)]).toEqual([Array(3).fill(200), Array(3).fill(200)]);
  });
});
