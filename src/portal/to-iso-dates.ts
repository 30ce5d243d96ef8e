/** Converts for programs: every time becomes text (RFC 3339); times are numbers with a name that ends in `At`. */
export function toIsoDates(facts: object): Record<string, unknown> {
  const converted = Object.entries(facts).map(([name, value]: [string, unknown]) => [
    name,
    name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value,
  ]);
  return Object.fromEntries(converted) as Record<string, unknown>;
}
