import { startOfDay } from './start-of-day.js';

const start = (day: string, zone: string) => new Date(startOfDay(Date.parse(day), zone)).toISOString();

describe('the start of a day', () => {
  it.each([
    ['2030-01-31', 'UTC', '2030-01-31T00:00:00.000Z'],
    ['2030-01-31', 'Europe/Berlin', '2030-01-30T23:00:00.000Z'],
    ['2030-07-31', 'America/New_York', '2030-07-31T04:00:00.000Z'],
    ['2030-01-31', 'Asia/Kathmandu', '2030-01-30T18:15:00.000Z'],
    ['2030-01-31', 'Pacific/Kiritimati', '2030-01-30T10:00:00.000Z'],
  ])('%s in %s', (day, zone, at) => {
    expect(start(day, zone)).toBe(at);
  });

  it('is right on days on which the clocks change', () => {
    expect(start('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(start('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z');
  });

  it('is the change of the clocks where they skip midnight, and the first of two midnights', () => {
    expect(start('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
    expect(start('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  });
});
