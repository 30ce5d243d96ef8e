import type { LoginContext } from '../../core/login/skip-rule.js';
import { trustedNetwork } from './trusted-network.skip.js';

const rule = (networks: readonly string[]) => trustedNetwork(networks);
const from = (ip: string | null) => ({ ip }) as LoginContext;

describe('a trusted network', () => {
  it.each([
    '192.0.2.1',
    '192.0.2.255',
    '::ffff:192.0.2.7',
    '2001:db8::1',
    '192.0.2.1:51234',
    '[2001:db8::1]:443',
    '[::ffff:192.0.2.7]:443',
    '::FFFF:C000:0207',
  ])('is where %s is', async (ip) => {
    expect(await rule(['192.0.2.0/24', '2001:db8::/32']).applies(from(ip))).toBe(true);
  });

  it.each(['192.0.3.1', '2001:db9::1', '::1', '127.0.0.1', '', '192.0.2', 'nowhere', '192.0.3.1:80', null])(
    'is not where %p is',
    async (ip) => {
      expect(await rule(['192.0.2.0/24', '2001:db8::/32']).applies(from(ip))).toBe(false);
    },
  );

  it.each([
    '',
    '192.0.2.0',
    '192.0.2.0/33',
    '192.0.2.0/24/9',
    '0.0.0.0/0',
    '::/0',
    '192.0.2.0/-1',
    '192.0.2.0/2x',
    'example.com/24',
  ])('is not named by %p', (network) => {
    expect(() => trustedNetwork([network])).toThrow(RangeError);
  });
});
