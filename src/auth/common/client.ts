import type { Request } from 'express';
import { columnText, kept } from '../../database/column-text.js';
import { networkOf } from './address.js';
import { forwardedAddress } from './forwarded-address.js';

/** Where a request comes from, as the session list shows it. */
export interface Client {
  readonly address: string;
  readonly agent: string;
}

/**
 * The client's address: the socket's, or what a trusted proxy says, without its port. IPv4 in its own form. `unknown` only
 * where the connection is gone.
 */
export function clientAddress(request: Request): string {
  return forwardedAddress(request) ?? 'unknown';
}

/** Whoever owns one IPv6 address owns its /64: limits count that. */
export function addressBlock(address: string): string {
  return networkOf(address);
}

/** Control characters would reach terminals and pages by way of lists and logs. */
export function clientOf(request: Request): Client {
  const agent = columnText(request.get('user-agent') ?? '', kept.sessionAgent);
  return { address: clientAddress(request), agent };
}
