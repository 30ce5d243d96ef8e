import type { Request } from 'express';
import { clientAddress } from '../auth/client.js';
import type { PortalEvent } from './portal-event.js';

/** The part of an event's envelope that the request knows. */
export type Origin = Pick<PortalEvent, 'ip' | 'userAgent' | 'requestId'>;

/** Where a request came from, cleaned of control characters and cut to what is stored; nulls when there is none. */
export function requestOrigin(request: Request | null): Origin {
  if (!request) return { ip: null, userAgent: null, requestId: null };
  return {
    ip: clientAddress(request),
    userAgent: tidy(request.get('user-agent'), 255),
    requestId: request.id,
  };
}

/** Control characters would reach terminals (ANSI) by way of logs and exports. */
function tidy(text: unknown, longest: number): string | null {
  if (typeof text !== 'string') return null;
  return text.replace(/\p{C}/gu, ' ').slice(0, longest) || null;
}
