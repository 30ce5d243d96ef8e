import { isIP, isIPv4, SocketAddress } from 'node:net';

/** The maximum length of an address with a zone, quotes and a port. */
const LONGEST = 100;

/**
 * Reads one address as proxies write it in `X-Forwarded-For`. It may have a port (`203.0.113.7:51234`,
 * `[2001:db8::7]:443`), brackets, quotes (RFC 7239 §4) and a zone (RFC 4007 §11), in upper or lower case. Returns the
 * bare address: IPv6 in the form of RFC 5952, and IPv4 mapped into IPv6 as IPv4. Returns null for other text, such as
 * `unknown`. IPv6 with a port but without brackets is ambiguous (RFC 5952 §6). The port is then read only where the
 * text has no other meaning.
 */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  if (text.length > LONGEST) return null;
  const bare = unquoted(text.trim());
  const candidates = [bare, withoutPort(bare)].map(withoutBrackets);
  const address = candidates.find((candidate) => isIP(candidate) !== 0);
  return address === undefined ? null : canonical(address);
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text)?.[1] ?? text;
}

/** The port may be empty: RFC 3986 §3.2.3 allows it, and nginx writes it so where it does not know the port. */
function withoutPort(text: string): string {
  return text.replace(/:\d{0,5}$/, '');
}

/** Only IPv6 addresses have brackets. */
function withoutBrackets(text: string): string {
  return /^\[([^\]]*:[^\]]*)\]$/.exec(text)?.[1] ?? text;
}

function canonical(address: string): string {
  if (isIPv4(address)) return address;
  const bare = address.replace(/%.*$/, '');
  const short = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(short)?.[1] ?? short;
}

/**
 * The network that counts as one address for limits: an IPv4 address or an IPv6 /64. A provider's customer commonly
 * gets a /64 (RFC 6177). IPv4 mapped into IPv6 counts as IPv4.
 */
export function networkOf(ip: string): string {
  const address = normalizeAddress(ip);
  if (address === null) return ip.toLowerCase();
  return isIPv4(address) ? address : `${groupsOf(inHex(address)).slice(0, 4).join(':')}::/64`;
}

/** Rewrites an IPv4 suffix (RFC 4291 §2.2) as the two groups that it stands for. */
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
