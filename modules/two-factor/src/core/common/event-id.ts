import { createHash, randomUUID } from 'node:crypto';

/** The position of a UUID's random half: its variant and 62 bits. */
const randomHalf = 19;

/**
 * A UUID of version 7 (RFC 9562 §5.7). Ids sort by time, and the ids of one transaction in the order of their events.
 * @param at UTC ms @param place within the transaction
 */
export function eventId(at: number, place: number): string {
  const time = at.toString(16).padStart(12, '0');
  const order = (place & 0xfff).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${randomUUID().slice(randomHalf)}`;
}

/** The same UUID for the same text, so that an event which several requests cause at once is stored once. */
export function stableEventId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
