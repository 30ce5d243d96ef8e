import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

declare global {
  // Express allows additional members of a request only here; its types are designed for this namespace.
  namespace Express {
    interface Request {
      /** Connects log lines, events and the answer of one request. It is generated here, never taken from the client. */
      id: string;
    }
  }
}

/** Gives every request its id, and sends it to the client. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  request.id = randomUUID();
  response.setHeader('X-Request-Id', request.id);
  next();
}
