import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import { keptAgent } from '../../core/common/column-text.js';
import type { Actor, Origin } from '../../core/common/origin.js';
import { clientAddress } from './client-address.js';

/** Where a request comes from. */
export function originOf(request: Request, account: Account | null): Origin {
  const agent = request.get('user-agent');
  const id: unknown = 'id' in request ? request.id : undefined;
  return {
    actor: actorOf(account),
    ip: clientAddress(request),
    userAgent: agent === undefined ? null : keptAgent(agent),
    requestId: typeof id === 'string' ? id : randomUUID(),
  };
}

/** Whoever has proved nothing yet is nobody (decision 0014). */
function actorOf(account: Account | null): Actor {
  if (!account) return { type: 'system', id: 'visitor' };
  return { type: account.staff ? 'staff' : 'account', id: account.id };
}
