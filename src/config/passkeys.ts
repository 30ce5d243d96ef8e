import { isIP } from 'node:net';
import type { Environment } from './environment.js';
import { ConfigError } from './config-error.js';

const sentence =
  'PUBLIC_URL must be https with a host name, or http://localhost, because browsers use passkeys nowhere else. ' +
  'To run the portal without passkeys, set PASSKEYS=off.';

/** @throws ConfigError when no browser could use a passkey at the public address (WebAuthn level 3 §5.1.3). */
export function passkeys(from: Environment, site: URL): boolean {
  const isOn = from.oneOf('PASSKEYS', ['on', 'off'] as const, 'on') === 'on';
  if (isOn && !canUsePasskeys(site)) throw new ConfigError(sentence);
  return isOn;
}

function canUsePasskeys({ protocol, hostname }: URL): boolean {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false;
  return protocol === 'https:' || /(^|\.)localhost$/.test(hostname);
}
