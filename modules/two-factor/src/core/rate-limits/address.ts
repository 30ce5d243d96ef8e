import { isIP, isIPv4, SocketAddress } from 'node:net';

/** The longest text that can be an address with a zone, quotes and a port. */
const LONGEST = 100;

/**
 * Reads one address as proxies write it in `X-Forwarded-For`: with or without a port (`203.0.113.7:51234`,
 * `[2001:db8::7]:443`), brackets, quotes (RFC 7239 §4) and a zone (RFC 4007 §11), in any case. Answers the bare address,
 * IPv6 in the form of RFC 5952 and IPv4 mapped into IPv6 as IPv4; null for what is no address, such as `unknown`.
 *
 * IPv6 with a port but without brackets is ambiguous (RFC 5952 §6): it is read as a port only where nothing else fits.
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

/** Only IPv6 stands in brackets. */
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
 * What counts as one address for limits: an IPv4 address, or an IPv6 /64, which is what one customer of a provider
 * commonly gets (RFC 6177). IPv4 mapped into IPv6 counts as IPv4.
 */
export function networkOf(ip: string): string {
  const address = normalizeAddress(ip);
  if (address === null) return ip.toLowerCase();
  return isIPv4(address) ? address : `${groupsOf(inHex(address)).slice(0, 4).join(':')}::/64`;
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
