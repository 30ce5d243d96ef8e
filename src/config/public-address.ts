import type { Environment } from './environment.js';
import { ConfigError } from './config-error.js';

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

/** @throws ConfigRefused */
export function publicAddress(from: Environment, production: boolean): PublicAddress {
  const port = from.whole('PORT', 3000, 65_535);
  const url = siteUrl(from.text('PUBLIC_URL', `http://localhost:${port}`));
  const local = production ? [] : [`http://127.0.0.1:${port}`, `http://[::1]:${port}`];
  return {
    host: from.text('HOST', '127.0.0.1'),
    port,
    publicUrl: url.origin,
    https: url.protocol === 'https:',
    origins: [url.origin, ...local],
    trustProxy: from.whole('TRUST_PROXY', 0, 20),
    keepAliveSeconds: from.whole('KEEP_ALIVE_SECONDS', 75, 3600, 1),
  };
}

function siteUrl(text: string): URL {
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
