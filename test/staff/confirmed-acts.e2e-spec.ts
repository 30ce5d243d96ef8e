import { Controller, HttpCode, Module, Param, Post } from '@nestjs/common';
import type { PortalModule } from '../../src/portal/modules/portal-module.js';
import { Staff } from '../../src/auth/common/access.decorators.js';
import { Fresh } from '../../src/portal/fresh/fresh.decorator.js';
import { StaffAction } from '../../src/staff/common/own-factor.guard.js';
import { StaffActions } from '../../src/staff/common/staff-actions.js';
import { twoFactor } from '../../src/two-factor/two-factor.portal-module.js';
import { owner, pending } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { stubModule } from '../support/portal/stub-module.js';

const greeted: string[] = [];

/** A dangerous action of staff, as a module of the portal may add one. */
@Controller('staff/clients')
@Staff()
class GreetingController {
  @Post(':id/greet')
  @HttpCode(200)
  @StaffAction()
  @Fresh(5, { act: 'client.greet', title: 'staff.clients' })
  greet(@Param('id') id: string): { greeted: string } {
    greeted.push(id);
    return { greeted: id };
  }
}

@Module({ controllers: [GreetingController], providers: [StaffActions] })
class GreetingRoom {}

/** A module without a gate and a step-up of its own. */
const greeting: PortalModule = {
  ...stubModule('greeting'),
  nest: GreetingRoom,
  accessLevel: () => undefined,
  gate: undefined,
  stepUp: undefined,
};

describe('what staff do to a client', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [twoFactor, greeting] });
  });
  afterAll(() => house.close());

  /** Signed in with password and code, just now. */
  async function agent() {
    const sam = await owner(house, 'Sam', { person: await house.account('Sam', 'support') });
    const visitor = await pending(house, sam.person);
    await visitor.submits({ code: sam.app.code() });
    house.clock.advance(30_000);
    return { ...sam, visitor };
  }

  it('is confirmed also right after the sign-in, which counts for their own settings only', async () => {
    const { visitor, person, app } = await agent();
    expect((await visitor.goes('/account/password')).address).toBe('/account/password');
    const refused = await visitor.asks('POST', '/staff/clients/7/greet');
    const { code, act } = refused.body;
    expect([refused.status, code, act]).toEqual([
      403,
      'STEP_UP_REQUIRED',
      expect.stringMatching(/^client\.greet:/),
    ]);
    const proof = { password: person.password, kind: 'totp', code: app.code(), act };
    expect((await visitor.asks('POST', '/account/confirm', proof)).status).toBe(200);
    expect((await visitor.asks('POST', '/staff/clients/8/greet')).status).toBe(403);
    expect((await visitor.asks('POST', '/staff/clients/7/greet')).body).toEqual({ greeted: '7' });
    expect(greeted).toEqual(['7']);
    await house.settled();
    const [passed] = await house.database.query<{ data: string }[]>(
      `SELECT data FROM audit_entries WHERE account_id = '${person.id}' AND name = 'two-factor.step-up.passed'`,
    );
    expect(passed?.data).toContain('client.greet');
  });

  it('is refused without a factor of their own, and not confirmed by a step-up with the password alone', async () => {
    const mia = await house.account('Mia', 'admin');
    const visitor = house.visitor();
    await visitor.signsIn(mia);
    await visitor.asks('POST', '/account/confirm', { password: mia.password });
    expect((await visitor.asks('POST', '/staff/clients/7/greet')).body['code']).toBe('FORBIDDEN');
  });
});
