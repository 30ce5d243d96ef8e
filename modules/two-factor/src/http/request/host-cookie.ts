import { parse } from 'cookie';
import type { Request } from 'express';

/** A cookie for this host only, which scripts cannot read. */
export interface HostCookie {
  readonly name: string;
  /** Whether a link on another site sends it. */
  readonly sameSite: 'lax' | 'strict';
}

/** The undecoded value that this browser sent; empty: none. */
export function readCookie(request: Request, cookie: HostCookie): string {
  const { [nameIn(request, cookie)]: value = '' } = parse(request.headers.cookie ?? '', { decode: asSent });
  return value;
}

/**
 * Stores a value in the browser until this time.
 * @param expiresAt UTC ms
 */
export function setCookie(request: Request, cookie: HostCookie, value: string, expiresAt: number): void {
  const { secure } = request;
  const flags = { httpOnly: true, sameSite: cookie.sameSite, path: '/', secure } as const;
  request.res?.cookie(nameIn(request, cookie), value, { ...flags, expires: new Date(expiresAt) });
}

/** On https the prefix `__Host-` binds the cookie to this host and to https (RFC 6265bis §4.1.3.2). */
function nameIn({ secure }: Request, { name }: HostCookie): string {
  return secure ? `__Host-${name}` : name;
}

function asSent(value: string): string {
  return value;
}
