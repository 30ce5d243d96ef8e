import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Clock } from 'nestjs-two-factor';
import type { FixedClock } from 'nestjs-two-factor/testing';
import { DataSource } from 'typeorm';
import { isSafeForConcurrentUse } from 'typeorm-unit-of-work';
import { Visitor } from '../support/people/visitor.js';
import { DatabaseModule } from './host/own-database.module.js';
import { BareLogin, moduleWithTables, password } from './support/bare-host.js';
import { Phone } from './support/phone.js';

describe('a host without @nestjs/typeorm', () => {
  let app: NestExpressApplication;
  let visitor: Visitor;
  beforeAll(async () => {
    const parts = { imports: [moduleWithTables(DatabaseModule)], controllers: [BareLogin] };
    const built = await Test.createTestingModule(parts).compile();
    app = built.createNestApplication<NestExpressApplication>({ logger: false });
    await app.listen(0, '127.0.0.1');
    visitor = new Visitor((await app.getUrl()).replace('[::1]', '127.0.0.1'));
  });
  afterAll(() => app.close());

  it('stores factors in the DataSource that its own module exports', async () => {
    await visitor.asks('POST', '/login', { password });
    await visitor.asks('POST', '/account/confirm', { password });
    const room = '/account/security/two-factor/totp';
    const { draft } = (await visitor.asks('POST', `${room}/setup`, {})).body as { draft: { secret: string } };
    const phone = new Phone(draft.secret, app.get<FixedClock>(Clock, { strict: false }));
    expect((await visitor.asks('POST', `${room}/confirm`, { code: phone.code() })).status).toBe(200);
    const rows: unknown = await app
      .get(DataSource)
      .query('SELECT kind FROM two_factor_factors ORDER BY kind');
    expect(rows).toEqual([{ kind: 'backup-codes' }, { kind: 'totp' }]);
  });

  it('can use its SQLite file concurrently', () => {
    expect(isSafeForConcurrentUse(app.get(DataSource))).toBe(true);
  });
});
