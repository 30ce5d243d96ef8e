import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem } from '../../core/common/errors.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { PageRenderer } from '../../core/contracts/ports/page-renderer.js';
import { openedFor } from '../request/opened-for.js';
import { signedInAccount, subjectAccount } from '../request/request-context.js';
import { RedirectProblem } from './redirect-problem.js';
import type { Page, Reply } from './reply.js';

/** Injection token of the provider's help line. */
export const HELP = Symbol('nestjs-two-factor:help');

/** The contact for people who need help. */
export interface Help {
  readonly email?: string;
  readonly phone?: string;
}

/** A page, and whether it answers a refusal. */
interface ShownPage extends Page {
  readonly refused: boolean;
}

/** Formats replies: HTML, or JSON if the client prefers it, with the same status. Caches must not store them. */
@Injectable()
export class Responder {
  constructor(
    private readonly renderer: PageRenderer,
    @Inject(HELP) private readonly help: Help,
    private readonly clock: Clock,
  ) {}

  /** Sets status and headers, and returns the body. */
  async body(request: Request, response: Response, reply: Reply): Promise<unknown> {
    const problem = reply.json instanceof Problem ? reply.json : undefined;
    prepare(response, problem);
    if (prefersJson(request)) return problem ? asProblem(response, problem) : reply.json;
    if ('to' in reply) return seeOther(response, reply.to);
    const page = typeof reply.page === 'function' ? await reply.page() : reply.page;
    return this.html(request, response, { ...page, refused: problem !== undefined });
  }

  /** A problem without a page of its own. */
  problem(request: Request, response: Response, problem: Problem): Promise<unknown> {
    if (problem instanceof RedirectProblem && !prefersJson(request)) {
      prepare(response);
      return Promise.resolve(seeOther(response, problem.to));
    }
    const { code, status, extra } = problem;
    const model = { ...extra, code, status, message: problem.message };
    return this.body(request, response, { page: { view: 'problem', model }, json: problem });
  }

  private html(request: Request, response: Response, { view, model, refused }: ShownPage): Promise<string> {
    response.type('html');
    const account = subjectAccount(request);
    const [help, now, signedInAs] = [this.help, this.clock.now(), signedInAccount(request)?.email];
    const own = { help, now, signedInAs, openedFor: account && openedFor(account), refused };
    return this.renderer.render(request, view, { ...model, ...own });
  }
}

/** Whether the client wants JSON instead of a page. */
export function prefersJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

function prepare(response: Response, problem?: Problem): void {
  response.set('Cache-Control', 'no-store').vary('Accept');
  response.status(problem?.status ?? 200);
  const retryAfter = problem?.extra['retryAfter'];
  if (typeof retryAfter === 'number') response.set('Retry-After', String(retryAfter));
}

/** RFC 9457. */
function asProblem(response: Response, { code, status, message, extra }: Problem) {
  response.type('application/problem+json');
  return { ...extra, type: 'about:blank', title: code, status, code, detail: message };
}

/**
 * RFC 9110 §15.4.4: after a POST, continue with GET. A header allows only ASCII, so Express encodes other characters (RFC 3986
 * §2.1); encoded characters stay as they are.
 */
function seeOther(response: Response, to: string): string {
  response.status(303).location(to).type('text/plain');
  return `See ${to}`;
}
