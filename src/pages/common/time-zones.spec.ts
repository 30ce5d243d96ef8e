import { isZoneName, knownTimeZone, listedTimeZones } from './time-zones.js';

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

  it.each([
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Europe/Kyiv',
    'Etc/GMT+5',
    'EST5EDT',
    'UTC',
  ])('%s can be chosen', (name) => {
    expect(isZoneName(name)).toBe(true);
  });

  it.each([
    '',
    'europe/berlin',
    'Europe/',
    'Mars/Olympus',
    '+05:30',
    'Europe/Berlin ',
    'x'.repeat(65),
    '/UTC',
  ])('%j cannot be chosen', (name) => {
    expect(isZoneName(name)).toBe(false);
  });

  it('are listed by their current names, each once', () => {
    const names = listedTimeZones();
    expect(names).toEqual(expect.arrayContaining(['Asia/Kolkata', 'Asia/Ho_Chi_Minh', 'Asia/Kathmandu']));
    expect(names).not.toContain('Asia/Calcutta');
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !isZoneName(name))).toEqual([]);
  });

  it('can all be chosen and stored, and UTC is one of them', () => {
    expect(listedTimeZones()).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'America/New_York']));
    expect(listedTimeZones().filter((name) => knownTimeZone(name) === null || name.length > 64)).toEqual([]);
  });
});
