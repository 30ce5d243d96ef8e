import { isIPv6 } from 'node:net';

/**
 * What counts as one address for limits: an IPv4 address, or an IPv6 /64, which is what one customer of a provider
 * commonly gets (RFC 6177). IPv4 mapped into IPv6 counts as IPv4.
 */
export function networkOf(ip: string): string {
  const bare = ip.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(bare) ? `${groupsOf(inHex(bare)).slice(0, 4).join(':')}::/64` : bare;
}

/** The end in the manner of IPv4 (RFC 4291 §2.2) as the two groups that it stands for. */
function inHex(ip: string): string {
  return ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(ip: string): string[] {
  const [left = [], right = []] = ip.split('::').map(groups);
  const gap = 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill('0'), ...right];
}

function groups(part: string): string[] {
  return part === '' ? [] : part.split(':').map((group) => group.replace(/^0+(?=.)/, ''));
}
