import type { Request } from 'express';
import type { DeviceToken } from '../../core/devices/trusted-devices.js';
import { type HostCookie, readCookie, setCookie } from '../request/host-cookie.js';

/** How many accounts may trust this browser. */
const MOST = 5;
const TOKEN = /^[\w-]{43}$/;
/** SameSite=Strict: another site's form does not send it. */
const COOKIE: HostCookie = { name: 'two-factor-device', sameSite: 'lax' };

/** The device tokens of this browser, for all accounts; newest first. */
export function deviceTokens(request: Request): readonly string[] {
  return readCookie(request, COOKIE)
    .split('.')
    .filter((token) => TOKEN.test(token))
    .slice(0, MOST);
}

/** Adds a token to the browser's cookie. */
export function rememberDevice(request: Request, { token, expiresAt }: DeviceToken): void {
  const kept = [token, ...deviceTokens(request)].slice(0, MOST).join('.');
  setCookie(request, COOKIE, kept, expiresAt);
}
