import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { browserName } from '../../pages/texts/browser-name.js';
import { networkOf, normalizeAddress } from '../common/address.js';

/** Where a sign-in came from. */
export interface SignInPlace {
  readonly accountId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * A hash of account, browser and network: the family of the browser, and the first 24 bits of an IPv4 address or 48 bits of an IPv6 address. People
 * move within these with every day, and a new version of a browser is no new browser.
 */
export function placeId({ accountId, ip, userAgent }: SignInPlace): string {
  const place = [accountId, browserName(userAgent), ip === null ? null : wideNetwork(ip)];
  return createHash('sha256').update(JSON.stringify(place)).digest('base64url');
}

function wideNetwork(ip: string): string {
  const address = normalizeAddress(ip);
  if (address === null) return ip;
  if (isIPv4(address)) return address.split('.').slice(0, 3).join('.');
  return networkOf(address).split(':').slice(0, 3).join(':');
}
