import type { Request } from 'express';

/**
 * Does an unsafe request come from one of our own pages? Sec-Fetch-Site decides where the browser sends it; where it is
 * absent (old browsers, plain http under another name than localhost), Origin does; with neither only JSON passes, which
 * no form of another site can send without asking first (OWASP Cross-Site Request Forgery Prevention, 2025).
 */
export function isSameOrigin(request: Request, origins: readonly string[]): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin !== undefined) return origins.includes(origin);
  return isJson(request);
}

/** Is the body JSON by its own word? */
export function isJson(request: Request): boolean {
  const type = request.get('content-type')?.split(';', 1)[0] ?? '';
  return type.trim().toLowerCase() === 'application/json';
}
