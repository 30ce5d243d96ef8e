import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Origin } from '../core/origin.js';

/** As much of a user agent as is kept. */
const AGENT_LENGTH = 255;

/** Where a request comes from. The address is Express's: the socket's, or as its `trust proxy` setting allows. */
export function originOf(request: Request, accountId: string): Origin {
  const id: unknown = 'id' in request ? request.id : undefined;
  return {
    actor: { type: 'account', id: accountId },
    ip: request.ip ?? null,
    userAgent: request.get('user-agent')?.slice(0, AGENT_LENGTH) ?? null,
    requestId: typeof id === 'string' ? id : randomUUID(),
  };
}
