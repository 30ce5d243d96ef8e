/** Converts for programs: every time (a number whose name ends in `At`) becomes text (RFC 3339); the rest stays. */
export function toIsoDates(facts: object): Record<string, unknown> {
  const told = Object.entries(facts).map(([name, value]: [string, unknown]) => [
    name,
    name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value,
  ]);
  return Object.fromEntries(told) as Record<string, unknown>;
}
