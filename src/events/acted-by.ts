import type { Request } from 'express';
import { approvalIdOf } from '../api-tokens/approvals/approved-request.js';
import { tokenPrincipal } from '../api-tokens/bearer/bearer-request.js';
import { requestSession } from '../auth/sessions/current-session.js';
import type { PortalEvent } from './portal-event.js';

/**
 * Adds to an event who acted for its actor. A program with a token: `tokenId`, and `approvalId` where its owner approved this. An agent who acts as a
 * client is the actor in the client's place, with `impersonationId` and the agent's name. It is added here for every event, so that no publisher can
 * forget it.
 */
export function actedBy(request: Request | null, event: PortalEvent): PortalEvent {
  if (!request) return event;
  const token = tokenPrincipal(request);
  return token ? byToken(request, token.id, event) : byAgent(request, event);
}

function byToken(request: Request, tokenId: string, event: PortalEvent): PortalEvent {
  const approvalId = approvalIdOf(request);
  const approved = approvalId === null ? {} : { approvalId };
  return { ...event, data: { ...event.data, ...approved, tokenId } };
}

function byAgent(request: Request, event: PortalEvent): PortalEvent {
  const { current, impersonation } = requestSession(request) ?? {};
  if (!current || impersonation?.client.id !== event.actor.id) return event;
  const { id, name: agent } = current.account;
  const data = { ...event.data, impersonationId: impersonation.id, agent };
  return { ...event, data, actor: { type: 'staff', id } };
}
