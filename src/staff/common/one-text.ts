/** A value of an address's query as one text: the first where it is given several times, empty where it is none. */
export function oneText(given: unknown): string {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  return typeof first === 'string' ? first : '';
}
