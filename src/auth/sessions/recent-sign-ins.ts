import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { wantsJson } from '../../portal/http/wants-json.js';
import { cookieName, parseCookie } from '../common/cookies.js';

/** A sign-in whose password was right a moment ago. */
export interface RecentSignIn {
  readonly email: string;
  /** An address of this site. */
  readonly returnTo: string;
}

/** How long a sign-in is remembered, in milliseconds, and how many are. */
const moment = 60_000;
const most = 1_000;

/**
 * Remembers who has just signed in, by the visitor's cookie. If the next request has that cookie and no session cookie, the browser has not
 * stored the session cookie. Kept in the memory of this process, because a sign-in may not cost a statement more; on another node the person sees
 * the plain sign-in page.
 */
@Injectable()
export class RecentSignIns {
  private readonly recent = new Map<string, RecentSignIn & { readonly at: number }>();

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Remembers the sign-in of this browser. Programs are left out. */
  note(request: Request, email: string, returnTo: string): void {
    const visitor = this.cookie(request, 'portal-visitor');
    if (visitor === undefined || wantsJson(request)) return;
    this.recent.delete(visitor);
    this.recent.set(visitor, { email, returnTo, at: this.clock.now() });
    const [oldest] = this.recent.keys();
    if (this.recent.size > most && oldest !== undefined) this.recent.delete(oldest);
  }

  /** The sign-in of this browser whose session cookie did not come back; null: there is none. */
  lostBy(request: Request): RecentSignIn | null {
    if (this.cookie(request, 'portal') !== undefined) return null;
    const found = this.recent.get(this.cookie(request, 'portal-visitor') ?? '');
    return found && Math.abs(this.clock.now() - found.at) < moment ? found : null;
  }

  private cookie(request: Request, name: string): string | undefined {
    return parseCookie(request, cookieName(this.config, name));
  }
}
