import { randomBytes } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562 §5.7): ids sort by time, and the events of one unit in the order they were told.
 * @param at UTC ms @param place within the unit
 */
export function eventId(at: number, place: number): string {
  const time = at.toString(16).padStart(12, '0').slice(-12);
  const order = (place & 0xfff).toString(16).padStart(3, '0');
  const random = randomBytes(8);
  random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0);
  return `${time}7${order}${random.toString('hex')}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
}
