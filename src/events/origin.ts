import type { Request } from 'express';
import { clientAddress } from '../auth/common/client.js';
import { columnText, kept } from '../database/column-text.js';
import type { PortalEvent } from './portal-event.js';

/** The part of an event's envelope that comes from the request. */
export type Origin = Pick<PortalEvent, 'ip' | 'userAgent' | 'requestId'>;

/** The origin of a request, without control characters and cut to the stored length; nulls when there is no request. */
export function requestOrigin(request: Request | null): Origin {
  if (!request) return { ip: null, userAgent: null, requestId: null };
  return {
    ip: columnText(clientAddress(request), kept.address),
    userAgent: columnText(request.get('user-agent') ?? '', kept.agent) || null,
    requestId: request.id,
  };
}
