import type { Origin } from './origin.js';

/** The maximum lengths of an origin's stored texts, in characters. */
const LONGEST = { ip: 64, userAgent: 255, requestId: 64 } as const;

/**
 * Text of a request in a form that every database accepts: one line without control characters and half characters, cut
 * to `most` UTF-16 units. A client's text must never make a statement fail, or a failure would not be recorded (ASVS
 * 5.0 16.5.3).
 */
export function columnText(text: string, most: number): string {
  const line = text.replace(/\p{C}/gu, ' ');
  // A cut between two surrogates leaves half a character, which is removed.
  return line.length <= most ? line : line.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** An address as it is stored. The keys of rate limits contain it too. */
export function keptAddress(ip: string): string {
  return columnText(ip, LONGEST.ip);
}

/**
 * A user agent as it is stored. HTTP allows control characters, which a log would send to a terminal (ANSI escapes).
 */
export function keptAgent(userAgent: string): string {
  return columnText(userAgent, LONGEST.userAgent);
}

/** An origin as events store it and mails show it. */
export function keptOrigin({ actor, ip, userAgent, requestId }: Origin): Origin {
  return {
    actor,
    ip: ip === null ? null : keptAddress(ip),
    userAgent: userAgent === null ? null : keptAgent(userAgent),
    requestId: requestId === null ? null : columnText(requestId, LONGEST.requestId),
  };
}
