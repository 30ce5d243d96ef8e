const day = 86_400_000;

/** The first moment (UTC ms) of a day in a time zone (IANA). The day is given as its midnight in UTC. */
export function startOfDay(midnight: number, timeZone: string): number {
  // The clocks may change near midnight, so the offsets before and after it are tried.
  const found = [midnight - day, midnight + day].map((near) => midnight - offsetAt(near, timeZone));
  const real = found.filter((at) => at + offsetAt(at, timeZone) === midnight);
  // Where clocks skip midnight, the day begins at the change: the offset before it leads there.
  return real.length > 0 ? Math.min(...real) : Math.max(...found);
}

const fields = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** By how many ms the clocks of the zone are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { ...fields, timeZone, hourCycle: 'h23' }).formatToParts(at);
  const value = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}
