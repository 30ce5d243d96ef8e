import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { clientAddress } from '../../auth/common/client.js';
import { Clock } from '../../clock.js';
import { errorTrace } from '../../error-facts.js';
import { throttledLine } from '../../limits.js';
import { Pages } from '../../pages/pages.js';
import { EarlyAnswer } from './early-answer.js';
import { SeeOther } from './problem.js';
import { type ProblemShape, problemOf } from './problem-of.js';
import { wantsJson } from '../http/wants-json.js';

/** Answers every thrown error: with a page that says what to do, or `application/problem+json`, with the same status. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problems');

  constructor(
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return this.tooLate(error);
    response.vary('Accept').set('Cache-Control', 'no-store');
    if (error instanceof SeeOther && !wantsJson(request)) return response.redirect(303, error.to);
    if (error instanceof EarlyAnswer) return void response.status(error.status).json(error.json);
    const problem = problemOf(error instanceof SeeOther ? error.problem : error);
    this.logLimit(request, problem);
    const { retryAfter } = problem.extra;
    if (typeof retryAfter === 'number') response.set('Retry-After', String(Math.ceil(retryAfter)));
    response.status(problem.status);
    if (wantsJson(request)) sendJson(request, response, problem);
    else response.type('html').send(await this.page(request, problem));
  }

  /** One line for each refusal by one of the portal's limits. */
  private logLimit(request: Request, { limit, accountId = null, extra }: ProblemShape): void {
    if (limit === undefined) return;
    const until = this.clock.now() + Number(extra['retryAfter']) * 1000;
    this.logger.warn(throttledLine({ limit, accountId, ip: clientAddress(request), until }));
  }

  private async page(request: Request, problem: ProblemShape): Promise<string> {
    const { code, status, page } = problem;
    const { retryAfter } = problem.extra;
    const general = { view: 'errors/problem', model: { code, status, retryAfter, requestId: request.id } };
    const { view, model } = page ?? general;
    return this.pages.render(request, view, model);
  }

  private tooLate(error: unknown): void {
    this.logger.error(`After the answer had begun: ${errorTrace(error)}`);
  }
}

/** RFC 9457. The type is left out (`about:blank`), because `code` identifies the problem. */
function sendJson(
  request: Request,
  response: Response,
  { code, status, message, extra }: ProblemShape,
): void {
  const document = { ...extra, title: message, status, code, instance: request.path, requestId: request.id };
  response.type('application/problem+json').send(JSON.stringify(document));
}
