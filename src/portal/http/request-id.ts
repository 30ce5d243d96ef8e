import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

declare global {
  // The one place Express leaves for members of a request.
  // eslint-style namespaces are how its types are meant to be extended.
  namespace Express {
    interface Request {
      /** Ties together log lines, events and the answer of one request. Ours, never the client's. */
      id: string;
    }
  }
}

/** Gives every request its id, and tells the client. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  request.id = randomUUID();
  response.setHeader('X-Request-Id', request.id);
  next();
}
