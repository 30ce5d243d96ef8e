/** The maximum lengths of a request's stored texts, in characters, as in their columns. */
export const kept = { address: 64, agent: 255, sessionAgent: 400, requestId: 64 } as const;

/**
 * Text of a request in a form that every database accepts: one line without control characters and half characters, cut
 * to `most` UTF-16 units. PostgreSQL and MariaDB refuse a row with longer text, and its event would be lost.
 */
export function columnText(text: string, most: number): string {
  const line = text.replace(/\p{C}/gu, ' ');
  return line.length <= most ? line : line.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
