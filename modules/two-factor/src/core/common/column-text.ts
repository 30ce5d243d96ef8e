import type { Origin } from './origin.js';

/** The longest texts that are kept of an origin, in characters. */
const LONGEST = { ip: 64, userAgent: 255, requestId: 64 } as const;

/**
 * Text of a request as every database takes it: one line without control characters and half characters, cut to `most`
 * UTF-16 units. Text of a client never fails what it is written with: a miss would go unrecorded (ASVS 5.0 16.5.3).
 */
export function columnText(text: string, most: number): string {
  const line = text.replace(/\p{C}/gu, ' ');
  // A cut through the middle of a character would leave half of it.
  return line.length <= most ? line : line.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** What is kept of an address; the subjects of limits are made of it too. */
export function keptAddress(ip: string): string {
  return columnText(ip, LONGEST.ip);
}

/** What is kept of a user agent. HTTP lets control characters through, which would reach terminals by way of logs (ANSI). */
export function keptAgent(userAgent: string): string {
  return columnText(userAgent, LONGEST.userAgent);
}

/** An origin as it is kept in events and told in mails. */
export function keptOrigin({ actor, ip, userAgent, requestId }: Origin): Origin {
  return {
    actor,
    ip: ip === null ? null : keptAddress(ip),
    userAgent: userAgent === null ? null : keptAgent(userAgent),
    requestId: requestId === null ? null : columnText(requestId, LONGEST.requestId),
  };
}
