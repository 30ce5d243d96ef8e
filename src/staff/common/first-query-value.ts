/** A query value as one text: the first of several values, and empty if it is no text. */
export function firstQueryValue(given: unknown): string {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  return typeof first === 'string' ? first : '';
}
