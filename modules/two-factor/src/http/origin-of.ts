import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Account } from '../core/account.js';
import type { Origin } from '../core/origin.js';

/** As much of a user agent as is kept. */
const AGENT_LENGTH = 255;

/** Where a request comes from. The address is Express's: the socket's, or as its `trust proxy` setting allows. */
export function originOf(request: Request, { id: accountId, staff }: Account): Origin {
  const id: unknown = 'id' in request ? request.id : undefined;
  return {
    actor: { type: staff ? 'staff' : 'account', id: accountId },
    ip: request.ip ?? null,
    userAgent: tidy(request.get('user-agent')),
    requestId: typeof id === 'string' ? id : randomUUID(),
  };
}

/** Control characters would reach terminals (ANSI) by way of logs and exports: HTTP lets those above ASCII's through. */
function tidy(agent: string | undefined): string | null {
  return agent?.replace(/\p{C}/gu, ' ').slice(0, AGENT_LENGTH) ?? null;
}
