import { HttpException, Logger } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../database/connection/database-errors.js';
import { errorMessage, errorTrace } from '../../error-facts.js';
import type { LimitName } from '../../limits.js';
import { PortalProblem, type ProblemCode, type ProblemExtra, type ProblemPage } from './problem.js';

/** The data of a refusal, from the portal or from a module. */
export interface ProblemShape {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly extra: ProblemExtra;
  readonly page?: ProblemPage;
  /** The limit that refused the request, and the account that has to wait, for the log only. */
  readonly limit?: LimitName;
  readonly accountId?: string | null;
}

const logger = new Logger('Problems');

/** Converts any thrown value to a refusal with a stable code. Unexpected errors are logged, and only they get status 500. */
export function problemOf(error: unknown): ProblemShape {
  if (isProblem(error)) return error;
  if (isDatabaseUnavailable(error)) {
    logger.error(`The database does not answer: ${errorMessage(error)}`);
    return new PortalProblem('UNAVAILABLE', 'The database does not answer. Please try again.', {
      retryAfter: 5,
    });
  }
  const status = statusOf(error);
  if (status !== undefined && status < 500) return ofStatus(status);
  logger.error(errorTrace(error));
  return status === 503
    ? new PortalProblem('UNAVAILABLE', 'Not available right now. Please try again.', { retryAfter: 5 })
    : new PortalProblem('INTERNAL', 'Something went wrong on our side.');
}

/** Decided by its members, not by its class: modules have their own classes. */
function isProblem(error: unknown): error is ProblemShape {
  const { code, status, extra } = (error ?? {}) as Partial<ProblemShape>;
  return typeof code === 'string' && typeof status === 'number' && typeof extra === 'object';
}

/** Nest's exceptions, and the errors of Express and its parsers for malformed requests. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { status, name } = (error ?? {}) as { status?: unknown; name?: unknown };
  if (name === 'URIError') return 400;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

const codes: Readonly<Record<number, ProblemCode>> = {
  401: 'NOT_SIGNED_IN',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  429: 'TOO_MANY_ATTEMPTS',
};

const sentences: Readonly<Partial<Record<ProblemCode, string>>> = {
  NOT_FOUND: 'There is nothing at this address.',
  TOO_LARGE: 'The request is too large.',
  FORBIDDEN: 'Your account may not do this.',
};

/** All other client errors get one answer: the request could not be understood. */
function ofStatus(status: number): ProblemShape {
  const code = codes[status] ?? 'INVALID_INPUT';
  return new PortalProblem(code, sentences[code] ?? 'The request could not be understood.');
}
