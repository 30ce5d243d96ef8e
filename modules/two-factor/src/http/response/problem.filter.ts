import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Busy, DamagedFactor, Problem, VerifierFailed } from '../../core/common/errors.js';
import { FactorFailures, type FactorFailure } from '../../core/verification/factor-failures.js';
import { subjectAccount } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import { BrakeTexts } from './brake-texts.js';
import { Responder } from './responder.js';

/**
 * Answers refusals: a page that says what to do, or `application/problem+json`. Damaged data and full queues are refusals too,
 * wherever they occur. Both get 503, and damaged data also raises an alarm.
 */
@Injectable()
@Catch(Problem, VerifierFailed, DamagedFactor, Busy)
export class ProblemFilter implements ExceptionFilter<Problem | FactorFailure> {
  constructor(
    private readonly responder: Responder,
    private readonly factorFailures: FactorFailures,
    private readonly brakeTexts: BrakeTexts,
  ) {}

  async catch(error: Problem | FactorFailure, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem =
      error instanceof Problem
        ? this.brakeTexts.localized(request, error)
        : await this.refusal(request, error);
    response.send(await this.responder.problem(request, response, problem));
  }

  private refusal(request: Request, trouble: FactorFailure): Promise<Problem> {
    const account = subjectAccount(request);
    const where = account && { accountId: account.id, origin: originOf(request, account) };
    return this.factorFailures.problemFor(trouble, where);
  }
}
