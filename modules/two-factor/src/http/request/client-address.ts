import { isIP } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import { normalizeAddress } from '../../core/rate-limits/address.js';

/** How many proxies are logged, each once; further ones are not. It limits the memory of a process. */
const MOST_TOLD = 100;

const logger = new Logger('nestjs-two-factor');
const told = new Set<string>();

/** Express's compiled `trust proxy` setting: is this address, so many hops away, a trusted proxy? */
type Trust = (address: string | undefined, hop: number) => boolean;

/**
 * The client's address, bare: without port, brackets or zone, IPv6 in the form of RFC 5952, IPv4 mapped into IPv6 as IPv4. It
 * comes from the socket, or from `X-Forwarded-For` as far as Express's `trust proxy` setting trusts it. If a host sets `ip` on
 * its requests, that value is used instead.
 *
 * For an unreadable address the socket's address is used, and the log has one warning for each such address. Null only if the
 * socket has none, such as a Unix socket or a closed connection.
 */
export function clientAddress(request: Request): string | null {
  const said = Object.hasOwn(request, 'ip') ? request.ip : forwarded(request);
  const address = normalizeAddress(said ?? '');
  return address ?? fallback(request, said);
}

/**
 * Walks from the socket along the proxies to the first address that is not trusted, as Express does (proxy-addr). Express does
 * not trust a network's own proxy that is written with its port, and it skips an empty element. A client in front of such a
 * proxy could then choose the client address.
 */
function forwarded(request: Request): string | undefined {
  const trust = trustOf(request);
  if (!trust) return request.ip;
  let said: string | undefined = request.socket.remoteAddress;
  const elements = elementsOf(request.headers['x-forwarded-for']);
  for (let hop = 0; elements.length > 0 && trust(plain(said), hop); hop += 1) said = elements.pop()?.trim();
  return said;
}

/** Requests outside an Express application have no setting. */
function trustOf(request: Partial<Request>): Trust | undefined {
  return request.app?.get('trust proxy fn') as Trust | undefined;
}

/**
 * The nearest proxy's element comes last. Empty elements in front are no hop: a proxy that forwarded nothing leaves its comma.
 */
function elementsOf(header: string | string[] | undefined): string[] {
  const list = String(header ?? '').replace(/^[\s,]+/, '');
  return list === '' ? [] : list.split(',');
}

/** The address in the form that Express's setting expects. Only unreadable parts are changed. */
function plain(said: string | undefined): string | undefined {
  if (said === undefined || isIP(said) !== 0) return said;
  return normalizeAddress(said) ?? said;
}

function fallback(request: Partial<Request>, said: string | undefined): string | null {
  const socket = normalizeAddress(request.socket?.remoteAddress ?? '');
  if (socket !== null && said !== undefined) tellOnce(socket);
  return socket;
}

/** The line does not contain the header: a stranger must not write text into the log. */
function tellOnce(proxy: string): void {
  if (told.has(proxy) || told.size >= MOST_TOLD) return;
  told.add(proxy);
  logger.warn(
    `The client address that the proxy at ${proxy} forwards cannot be read: such requests count as coming from ${proxy}, ` +
      'and share its limits. Make the proxy send the address in X-Forwarded-For, as 203.0.113.7 or [2001:db8::7]:443, ' +
      'and check how many proxies are trusted.',
  );
}
