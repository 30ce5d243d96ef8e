import { parse } from 'cookie';
import type { Request } from 'express';

/** A cookie of this host alone, which no script can read. */
export interface HostCookie {
  readonly name: string;
  /** Whether another site's link sends it along. */
  readonly sameSite: 'lax' | 'strict';
}

/** The value that this browser sent, undecoded; empty: none. */
export function readCookie(request: Request, cookie: HostCookie): string {
  const { [nameIn(request, cookie)]: value = '' } = parse(request.headers.cookie ?? '', { decode: asSent });
  return value;
}

/** Has the browser keep a value until then. @param expiresAt UTC ms */
export function setCookie(request: Request, cookie: HostCookie, value: string, expiresAt: number): void {
  const { secure } = request;
  const flags = { httpOnly: true, sameSite: cookie.sameSite, path: '/', secure } as const;
  request.res?.cookie(nameIn(request, cookie), value, { ...flags, expires: new Date(expiresAt) });
}

/** `__Host-` binds it to this host and to https where that is how it is reached (RFC 6265bis §4.1.3.2). */
function nameIn({ secure }: Request, { name }: HostCookie): string {
  return secure ? `__Host-${name}` : name;
}

function asSent(value: string): string {
  return value;
}
