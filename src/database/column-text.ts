/** The longest texts that are kept of a request, in characters: what their columns hold. */
export const kept = { address: 64, agent: 255, sessionAgent: 400, requestId: 64 } as const;

/**
 * Text of a request as every database takes it: one line without control characters and half characters, cut to `most`
 * UTF-16 units. PostgreSQL and MariaDB refuse a row with more, and what it tells of would be lost.
 */
export function columnText(text: string, most: number): string {
  const line = text.replace(/\p{C}/gu, ' ');
  return line.length <= most ? line : line.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
