import type { Request } from 'express';

/**
 * Returns whether an unsafe request comes from one of our own pages. Sec-Fetch-Site decides if the browser sends it. Old
 * browsers, and plain http under a name other than localhost, do not send it; then Origin decides. Without both headers only
 * JSON passes, because a form of another site cannot send JSON without a preflight request (OWASP Cross-Site Request Forgery
 * Prevention, 2025).
 */
export function isSameOrigin(request: Request, origins: readonly string[]): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin !== undefined) return origins.includes(origin);
  return isJson(request);
}

/** Returns whether the Content-Type of the body is JSON. */
export function isJson(request: Request): boolean {
  const type = request.get('content-type')?.split(';', 1)[0] ?? '';
  return type.trim().toLowerCase() === 'application/json';
}
