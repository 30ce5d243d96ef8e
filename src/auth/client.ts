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
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const groups = tail === undefined ? front : [...front, ...zeros, ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Control characters would reach terminals and pages by way of lists and logs. */
export function clientOf(request: Request): Client {
  const agent = (request.get('user-agent') ?? '').replace(/\p{C}/gu, ' ').slice(0, 400);
  return { address: clientAddress(request), agent };
}
