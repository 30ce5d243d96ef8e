import type { Request } from 'express';
import { clientAddress } from '../auth/common/client.js';
import { columnText, kept } from '../database/column-text.js';
import type { PortalEvent } from './portal-event.js';

/** The part of an event's envelope that the request knows. */
export type Origin = Pick<PortalEvent, 'ip' | 'userAgent' | 'requestId'>;

/** Where a request came from, cleaned of control characters and cut to what is stored; nulls when there is none. */
export function requestOrigin(request: Request | null): Origin {
  if (!request) return { ip: null, userAgent: null, requestId: null };
  return {
    ip: columnText(clientAddress(request), kept.address),
    userAgent: columnText(request.get('user-agent') ?? '', kept.agent) || null,
    requestId: request.id,
  };
}
