import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { Actor, Origin } from '../../core/common/origin.js';
import { clientAddress } from './client-address.js';

/** Stored length of a user agent. */
const AGENT_LENGTH = 255;

/** The origin of a request, for events. */
export function originOf(request: Request, account: Account | null): Origin {
  const id: unknown = 'id' in request ? request.id : undefined;
  return {
    actor: actorOf(account),
    ip: clientAddress(request),
    userAgent: tidy(request.get('user-agent')),
    requestId: typeof id === 'string' ? id : randomUUID(),
  };
}

/** A person who has proved nothing yet has no account as actor (decision 0014). */
function actorOf(account: Account | null): Actor {
  if (!account) return { type: 'system', id: 'visitor' };
  return { type: account.staff ? 'staff' : 'account', id: account.id };
}

/**
 * Removes control characters. They would reach terminals (ANSI) by way of logs and exports, because HTTP allows those above
 * ASCII.
 */
function tidy(agent: string | undefined): string | null {
  return agent?.replace(/\p{C}/gu, ' ').slice(0, AGENT_LENGTH) ?? null;
}
