import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { takeHiddenFields } from '../request/hidden-fields.js';
import { ORIGINS, RefusedOrigins } from './refused-origins.js';

/** Injection token of the names of hidden fields that the host's forms carry, such as `_csrf`. */
export const HIDDEN_FIELDS = Symbol('nestjs-two-factor:hidden-fields');

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const OWN: readonly string[] = ['same-origin', 'none'];

/** A wrong option refuses everybody. Strangers learn only that the operator can find the reason. */
const sentence =
  'This request came from another site and was not carried out. If this happens every time, the operator of this site finds ' +
  'the reason in its log.';

/**
 * Refuses unsafe requests from other sites. Sec-Fetch-Site decides if it is present, Origin only if it is absent. Without both
 * (no browser) only JSON passes, which no form can send across sites (OWASP CSRF cheat sheet). The host has already checked its
 * hidden fields; they are removed before forms are validated.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(
    @Inject(ORIGINS) private readonly origins: readonly string[],
    @Inject(HIDDEN_FIELDS) private readonly hidden: readonly string[],
    private readonly refused: RefusedOrigins,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (SAFE.includes(request.method)) return true;
    if (!this.isOwn(request)) {
      this.refused.tell(request);
      throw new Problem('CROSS_SITE', sentence);
    }
    takeHiddenFields(request, this.hidden);
    return true;
  }

  private isOwn(request: Request): boolean {
    const site = request.get('sec-fetch-site');
    if (site !== undefined) return OWN.includes(site);
    const origin = request.get('origin');
    if (origin !== undefined) return this.isKnown(origin, request);
    return isJson(request);
  }

  private isKnown(origin: string, request: Request): boolean {
    if (this.origins.length > 0) return this.origins.includes(origin);
    return URL.canParse(origin) && new URL(origin).host === request.get('host');
  }
}

/** Decided by the Content-Type: the POST of a button has no body, and Express does not call a missing body JSON. */
function isJson(request: Request): boolean {
  const [type = ''] = (request.get('content-type') ?? '').split(';', 1);
  return type.trim().toLowerCase() === 'application/json';
}
