import { knownTimeZone, listedTimeZones } from './time-zones.js';

describe('time zones', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('%s is known', (name, known) => {
    expect(knownTimeZone(name)).toBe(known);
  });

  it.each([
    '',
    'Mars/Olympus',
    '+05:30',
    '../../etc/passwd',
    'Europe/Berlin\r\nSet-Cookie: a=b',
    '<b>',
    'x'.repeat(5000),
    null,
    undefined,
  ])('%j is refused', (name) => {
    expect(knownTimeZone(name)).toBeNull();
  });

  it('can all be chosen and stored, and UTC is one of them', () => {
    expect(listedTimeZones()).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'America/New_York']));
    expect(listedTimeZones().filter((name) => knownTimeZone(name) === null || name.length > 64)).toEqual([]);
  });
});
