import { domainToASCII } from 'node:url';
import { isFQDN } from 'class-validator';
import type { FieldError } from '../../portal/forms/form.js';

/** How many name servers a domain has: two for redundancy (RFC 2182 §5), and as many as fit a DNS reply of 512 bytes. */
const nameserverCount = { least: 2, most: 13 } as const;

/** The longest name of a host, in characters (RFC 1035 §2.3.4). */
const longest = 253;

/** The names in a text, or the first reason why it cannot be used. */
export type ParsedNameservers = { readonly names: readonly string[] } | { readonly error: FieldError };

/**
 * Reads host names that are separated by blanks, lines or commas. They become lower-case ASCII without the dot at the end; names with
 * other letters are encoded (IDNA, RFC 5890).
 */
export function parseNameservers(text: string): ParsedNameservers {
  const typed = text.split(/[\s,;]+/).filter((name) => name !== '');
  const names: string[] = [];
  for (const name of typed) {
    const host = hostName(name);
    if (host === null) return faultOf('nameservers.invalid', name);
    if (names.includes(host)) return faultOf('nameservers.twice', name);
    names.push(host);
  }
  const { least, most } = nameserverCount;
  return names.length >= least && names.length <= most ? { names } : faultOf('nameservers.count');
}

/** Null for what is no full host name. */
function hostName(typed: string): string | null {
  const name = typed.replace(/\.$/, '').toLowerCase();
  // A parser of URLs would also decode percent signs and numbers of addresses.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(name)) return null;
  const host = domainToASCII(name);
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  if (host.length > longest || !isFQDN(host) || (isPlain && host !== name)) return null;
  return host;
}

function faultOf(key: string, name = ''): { readonly error: FieldError } {
  const values = { ...nameserverCount, name: name.slice(0, 100) };
  return { error: { field: 'nameservers', key, values } };
}
