import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../core/contracts/ports/clock.js';

/** Injection token of this site's origins; where it is empty, the host of the request is the origin. */
export const ORIGINS = Symbol('nestjs-two-factor:origins');

/** One line a minute, in milliseconds: strangers can send any number of refused requests. */
const pause = 60_000;
/** Longest quoted part of a header. */
const longest = 80;

/** Logs why the origin of a request was refused. A wrong option `origins` refuses every form, and only the log can say so. */
@Injectable()
export class RefusedOrigins {
  private readonly logger = new Logger('nestjs-two-factor');
  private lastAt: number | undefined;
  private unlogged = 0;

  constructor(
    @Inject(ORIGINS) private readonly origins: readonly string[],
    private readonly clock: Clock,
  ) {}

  /** Writes the line, unless the last one is younger than a minute. The next line says how many were left out. */
  tell(request: Request): void {
    const now = this.clock.now();
    if (this.lastAt !== undefined && Math.abs(now - this.lastAt) < pause) {
      this.unlogged += 1;
      return;
    }
    this.logger.warn(this.line(request));
    [this.lastAt, this.unlogged] = [now, 0];
  }

  private line(request: Request): string {
    const [origin, site] = [request.get('origin'), request.get('sec-fetch-site')];
    const facts = `origin=${quoted(origin)} site=${quoted(site)} origins=${this.own(request)}`;
    const others = this.unlogged === 0 ? '' : ` ${this.unlogged} more were refused since the last such line.`;
    return `refused origin ${facts} - ${advice(origin, site)}${others}`;
  }

  /** Without the option, the header Host decides. A stranger can write it, so it is quoted too. */
  private own(request: Request): string {
    return this.origins.length > 0 ? this.origins.join(',') : `none host=${quoted(request.get('host'))}`;
  }
}

/** The operator's next step. */
function advice(origin: string | undefined, site: string | undefined): string {
  if (site !== undefined)
    return 'The browser says that another site sent this form; the option origins is not the cause.';
  if (origin === undefined) return 'The request named no origin. Programs must send JSON.';
  if (origin === 'null')
    return 'The browser hid the origin. Send Referrer-Policy: same-origin instead of no-referrer, also from the proxy in front.';
  return 'If people reach this site by this origin, add it to the option origins.';
}

/** Only the characters of an origin, and not many: a stranger must not write text into the log. */
function quoted(header: string | undefined): string {
  if (header === undefined) return 'none';
  return `"${header.slice(0, longest).replace(/[^\w.:/[\]-]/g, '?')}"`;
}
