import type { Environment } from './environment.js';
import { ConfigError } from './config-error.js';
import type { Readers } from './faults.js';

/** The address that the portal listens on, and its public URL. */
export interface PublicAddress {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly https: boolean;
  readonly origins: readonly string[];
  readonly trustProxy: number;
  readonly keepAliveSeconds: number;
}

/** The settings of the portal's address; each may be refused. */
export function publicAddress(from: Environment, production: boolean): Readers<PublicAddress> {
  return {
    host: () => from.text('HOST', '127.0.0.1'),
    port: () => port(from),
    publicUrl: () => siteUrl(from).origin,
    https: () => siteUrl(from).protocol === 'https:',
    origins: () => [siteUrl(from).origin, ...(production ? [] : loopback(port(from)))],
    trustProxy: () => from.whole('TRUST_PROXY', 0, 20),
    keepAliveSeconds: () => from.whole('KEEP_ALIVE_SECONDS', 75, 3600, 1),
  };
}

function port(from: Environment): number {
  return from.whole('PORT', 3000, 65_535);
}

function loopback(port: number): string[] {
  return [`http://127.0.0.1:${port}`, `http://[::1]:${port}`];
}

/** @throws ConfigError */
export function siteUrl(from: Environment): URL {
  const text = from.has('PUBLIC_URL') ? from.text('PUBLIC_URL', '') : `http://localhost:${port(from)}`;
  return originOnly(text);
}

function originOnly(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    `${url.username}${url.password}`
  )
    throw new ConfigError('PUBLIC_URL must be an address like https://portal.example.com, without a path.');
  return url;
}
