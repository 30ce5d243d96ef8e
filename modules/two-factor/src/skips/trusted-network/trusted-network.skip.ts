import { BlockList, isIP } from 'node:net';
import { normalizeAddress } from '../../core/rate-limits/address.js';
import type { SkipRule } from '../../core/login/skip-rule.js';

/**
 * Skips the factor for customers in these networks, e.g. `['192.0.2.0/24', '2001:db8::/32']`. Check `trust proxy` first: with a
 * wrong proxy setting every address may appear to be in your network.
 * @throws RangeError for an invalid network in CIDR notation (RFC 4632, RFC 4291).
 */
export function trustedNetwork(networks: readonly string[]): SkipRule {
  const trusted = new BlockList();
  for (const network of networks) add(trusted, network);
  return {
    name: 'trusted-network',
    applies: ({ ip }) => Promise.resolve(ip !== null && holds(trusted, ip)),
  };
}

function add(trusted: BlockList, network: string): void {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(address) === 0 || !fits(Number(length), family))
    throw new RangeError(`trustedNetwork: "${network}" is no network like 192.0.2.0/24 (of at least /8).`);
  trusted.addSubnet(address, Number(length), family);
}

function fits(length: number, family: 'ipv4' | 'ipv6'): boolean {
  return length >= 8 && length <= (family === 'ipv4' ? 32 : 128);
}

function holds(trusted: BlockList, ip: string): boolean {
  const address = normalizeAddress(ip);
  return address !== null && trusted.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
