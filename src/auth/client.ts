import { isIPv4, isIPv6 } from 'node:net';
import type { Request } from 'express';

/** Where a request comes from, as the session list shows it. */
export interface Client {
  readonly address: string;
  readonly agent: string;
}

/** The client's address: the socket's, or what a trusted proxy says. IPv4 in its own form. */
export function clientAddress(request: Request): string {
  const address = (request.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv4(address) || isIPv6(address) ? address : 'unknown';
}

/** Whoever owns one IPv6 address owns its /64: limits count that. */
export function addressBlock(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = inHex(address.replace(/%.*$/, '')).split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const groups = tail === undefined ? front : [...front, ...zeros, ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** The end in the manner of IPv4 (RFC 4291 §2.2) as the two groups that it stands for. */
function inHex(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
}

/** Control characters would reach terminals and pages by way of lists and logs. */
export function clientOf(request: Request): Client {
  const agent = (request.get('user-agent') ?? '').replace(/\p{C}/gu, ' ').slice(0, 400);
  return { address: clientAddress(request), agent };
}
