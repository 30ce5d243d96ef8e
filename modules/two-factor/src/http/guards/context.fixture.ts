import type { ExecutionContext } from '@nestjs/common';
import { request as prototype, type Request } from 'express';

/** A request with Express' members, made only of the given values. */
export function aRequest(given: {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly url?: string;
  readonly params?: Readonly<Record<string, string>>;
}): Request {
  const { method = 'GET', headers = {}, body, url = '/', params = {} } = given;
  const members = { method, headers, body, originalUrl: url, params };
  return Object.assign(Object.create(prototype) as Request, members);
}

/** The context that Nest gives to a guard. */
export function aContext(request: Request, handler: () => unknown = () => undefined): ExecutionContext {
  const context = { switchToHttp: () => ({ getRequest: () => request }), getHandler: () => handler };
  return context as unknown as ExecutionContext;
}
