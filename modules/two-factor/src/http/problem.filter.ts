import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem } from '../core/errors.js';
import { Responder } from './responder.js';

/** Answers refusals: a page that says what to do, or `application/problem+json`. */
@Injectable()
@Catch(Problem)
export class ProblemFilter implements ExceptionFilter<Problem> {
  constructor(private readonly responder: Responder) {}

  async catch(problem: Problem, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    response.send(await this.responder.problem(http.getRequest<Request>(), response, problem));
  }
}
