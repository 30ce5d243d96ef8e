import { Policy } from './core/policy.js';
import { House } from './core/house.fixture.js';
import { Person } from './core/person.fixture.js';
import { trustedDevice } from './skips/trusted-device/trusted-device.skip.js';
import { trustedNetwork } from './skips/trusted-network/trusted-network.skip.js';
import { fromSettings } from './two-factor.from-settings.js';

/** The policy that these settings make. */
function policyOf(strict: boolean, house: House): Policy {
  const made = fromSettings.find((each) => 'provide' in each && each.provide === Policy);
  if (!made || !('useFactory' in made)) throw new Error('Nothing makes the policy.');
  const skips = [trustedDevice(), trustedNetwork(['192.0.2.0/24'])];
  return made.useFactory({ require: 'none', skips, strict }, house.devices) as Policy;
}

describe.each([
  [true, null, null],
  [false, 30, 'trusted-network'],
])('with strict %p', (strict, days, skipped) => {
  it('a browser is offered to be trusted, and a trusted network not asked, only where it is off', async () => {
    const house = new House();
    const { account, ip, id } = await Person.protectedBy(house);
    const policy = policyOf(strict, house);
    expect(policy.trustedFor(account)).toBe(days);
    const visit = { account, standing: await house.standings.of(id), ip, tokens: [] };
    expect(await policy.skipping(visit)).toBe(skipped);
  });
});
