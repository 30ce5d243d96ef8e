import { isIP, isIPv4, SocketAddress } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The longest text that can be an address with a zone, quotes and a port. */
const maxLength = 100;

/**
 * Reads one address as proxies write it in `X-Forwarded-For`: with or without a port, brackets, quotes (RFC 7239 §4) and a zone
 * (RFC 4007 §11). Returns IPv6 in the form of RFC 5952, and IPv4 mapped into IPv6 as IPv4; null for any other text.
 *
 * IPv6 with a port but without brackets is ambiguous (RFC 5952 §6): the end is a port only where nothing else is valid.
 */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  if (text.length > maxLength) return null;
  const trimmed = text.trim();
  const bare = /^"(.*)"$/.exec(trimmed)?.[1] ?? trimmed;
  // The port may be empty (RFC 3986 §3.2.3).
  const candidates = [bare, bare.replace(/:\d{0,5}$/, '')].map(withoutBrackets);
  const address = candidates.find((candidate) => isIP(candidate) !== 0);
  return address === undefined ? null : canonical(address);
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
 * The key of an address for rate limits: an IPv4 address, or an IPv6 /64. A provider's customer commonly gets a /64
 * (RFC 6177). Text that is no address is its own key.
 */
export function networkOf(ip: string): string {
  const address = normalizeAddress(ip);
  if (address === null) return ip.toLowerCase();
  if (isIPv4(address)) return address;
  // ipaddr.js reads an end in IPv4's notation (RFC 4291 §2.2) only in some addresses. It is not part of the network.
  const { parts } = ipaddr.IPv6.parse(address.replace(/(\d+\.){3}\d+$/, '0:0'));
  const groups = parts.slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}
