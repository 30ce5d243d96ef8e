import { DataSource } from 'typeorm';
import { TwoFactor } from 'nestjs-two-factor';
import type { Visitor } from '../../support/people/visitor.js';
import { SettingsApp } from '../host/settings.app.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember, setsUp } from '../support/protected-member.js';

const room = '/account/security/two-factor';

describe('sessions of an account after its rows were lost', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: SettingsApp });
  });
  afterAll(() => host.close());

  it('end with the reset and with the next set-up, although the versions count from the beginning again', async () => {
    const { member, visitor, phone } = await protectedMember(host);
    const { id, password } = member;
    for (let round = 0; round < 2; round += 1) {
      await visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code: phone.code() });
      expect((await visitor.asks('POST', `${room}/backup-codes`)).status).toBe(200);
      host.clock.advance(60_000);
    }
    const there = host.visitor();
    await there.asks('POST', '/login', passwordOf(member));
    expect((await there.asks('POST', '/login/challenge', { code: phone.code() })).status).toBe(200);
    for (const table of ['two_factor_accounts', 'two_factor_factors'])
      await host.get(DataSource).query(`DELETE FROM ${table} WHERE account_id = '${id}'`);
    const twoFactor = host.get(TwoFactor);
    expect(await twoFactor.reset(id, 'rows lost', { type: 'cli', id: 'root' })).toBe(true);
    await twoFactor.settled();
    const again = host.visitor();
    await again.asks('POST', '/login', passwordOf(member));
    await setsUp(host, again, member);
    const isIn = async (who: Visitor) => (await who.goes('/invoices')).status === 200;
    expect([await isIn(again), await isIn(there), await isIn(visitor)]).toEqual([true, false, false]);
  });
});
