import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { Actor, Origin } from '../../core/common/origin.js';
import { clientAddress } from './client-address.js';

/** As much of a user agent as is kept. */
const AGENT_LENGTH = 255;

/** Where a request comes from. */
export function originOf(request: Request, account: Account | null): Origin {
  const id: unknown = 'id' in request ? request.id : undefined;
  return {
    actor: actorOf(account),
    ip: clientAddress(request),
    userAgent: tidy(request.get('user-agent')),
    requestId: typeof id === 'string' ? id : randomUUID(),
  };
}

/** Whoever has proved nothing yet is nobody (decision 0014). */
function actorOf(account: Account | null): Actor {
  if (!account) return { type: 'system', id: 'visitor' };
  return { type: account.staff ? 'staff' : 'account', id: account.id };
}

/** Control characters would reach terminals (ANSI) by way of logs and exports: HTTP lets those above ASCII's through. */
function tidy(agent: string | undefined): string | null {
  return agent?.replace(/\p{C}/gu, ' ').slice(0, AGENT_LENGTH) ?? null;
}
