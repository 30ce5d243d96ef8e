import { isIP } from 'node:net';
import { ConfigError } from './config-error.js';

/**
 * `TRUSTED_NETWORKS`: networks in CIDR notation, separated by commas.
 * @throws ConfigError for an invalid network, or one wider than /8.
 */
export function trustedNetworks(text: string): readonly string[] {
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  if (networks.every(isNetwork)) return networks;
  throw new ConfigError(
    'TRUSTED_NETWORKS must be networks like 192.0.2.0/24, separated by commas, of at least /8.',
  );
}

function isNetwork(network: string): boolean {
  const [address = '', length = '', ...rest] = network.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) >= 8 && Number(length) <= most;
}
