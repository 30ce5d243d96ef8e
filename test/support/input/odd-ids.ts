/** What somebody may write into an address in place of an id, as it stands there. */
export const oddIds = [
  '%00',
  '%27%20OR%201=1',
  '..%2F..%2Flogin',
  '%F0%9F%92%A5',
  'x'.repeat(900),
  '%E0%A4%A',
  '-1',
  '__proto__',
] as const;
