/** Values for an id in addresses, as they are written there. */
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
