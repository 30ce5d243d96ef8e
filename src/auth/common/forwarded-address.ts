import { isIP } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { normalizeAddress } from './address.js';

/** The number of proxies that are warned of, each once: bounds the memory of a process. */
const maxWarned = 100;

const logger = new Logger('Auth');
const warned = new Set<string>();

/** Express's compiled `trust proxy` setting: is this address, so many hops away, a trusted proxy? */
type Trust = (address: string | undefined, hop: number) => boolean;

/**
 * The client's address, bare: without port, brackets or zone, IPv6 in the form of RFC 5952, IPv4 mapped into IPv6 as IPv4.
 * It comes from the socket, or from `X-Forwarded-For` as far as Express's `trust proxy` setting trusts it. A host that
 * gives its requests an `ip` of their own is believed instead.
 *
 * Text that is no address counts as the socket's address, with one warning in the log for each such proxy. Null only where the
 * socket has none: a Unix socket, or a closed connection.
 */
export function forwardedAddress(request: Request): string | null {
  const said = Object.hasOwn(request, 'ip') ? request.ip : forwarded(request);
  const address = normalizeAddress(said ?? '');
  return address ?? fallback(request, said);
}

/**
 * Gives each request its client's address as `ip`. All later code reads this value, the modules too. They therefore count the same client,
 * and an unreadable address is logged once.
 */
export function readClientAddress(request: Request, _response: Response, next: NextFunction): void {
  Object.defineProperty(request, 'ip', { value: forwardedAddress(request) ?? undefined });
  next();
}

/**
 * Goes from the socket along the proxies to the first address that is not trusted, as Express does (proxy-addr). Express
 * does not trust a network's own proxy that is written with its port, and passes over an empty element: a client before it
 * could choose its own address.
 */
function forwarded(request: Request): string | undefined {
  const trust = trustOf(request);
  if (!trust) return request.ip;
  let said: string | undefined = request.socket.remoteAddress;
  const elements = elementsOf(request.headers['x-forwarded-for']);
  for (let hop = 0; elements.length > 0 && trust(plain(said), hop); hop += 1) said = elements.pop()?.trim();
  return said;
}

/** Requests that no Express application has taken in have no setting. */
function trustOf(request: Partial<Request>): Trust | undefined {
  return request.app?.get('trust proxy fn') as Trust | undefined;
}

/** The nearest proxy's comes last. Empty ones in front are no hop: a proxy that forwarded nothing leaves its comma. */
function elementsOf(header: string | string[] | undefined): string[] {
  const list = String(header ?? '').replace(/^[\s,]+/, '');
  return list === '' ? [] : list.split(',');
}

/** The text that Express's setting is asked about, without a port where it had one. */
function plain(said: string | undefined): string | undefined {
  if (said === undefined || isIP(said) !== 0) return said;
  return normalizeAddress(said) ?? said;
}

function fallback(request: Partial<Request>, said: string | undefined): string | null {
  const socket = normalizeAddress(request.socket?.remoteAddress ?? '');
  if (socket !== null && said !== undefined) warnOnce(socket);
  return socket;
}

/** The message does not repeat the header: strangers must not write into the log. */
function warnOnce(proxy: string): void {
  if (warned.has(proxy) || warned.size >= maxWarned) return;
  warned.add(proxy);
  logger.warn(
    `The client address that the proxy at ${proxy} forwards cannot be read: such requests count as coming from ${proxy}, ` +
      'and share its limits. Make the proxy send the address in X-Forwarded-For, as 203.0.113.7 or [2001:db8::7]:443, ' +
      'and check how many proxies are trusted.',
  );
}
