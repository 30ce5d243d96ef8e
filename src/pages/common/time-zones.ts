/** Names of the IANA database begin with a letter. Offsets such as `+05:30` are no names, and Node 20 does not know them. */
const shape = /^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/;

/** The time zone of this name in the spelling of the IANA database; null when this Node.js does not know it. */
export function knownTimeZone(name: string | null | undefined): string | null {
  if (!name || !shape.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

let listed: readonly string[] | undefined;

/** The time zones that people can choose, ordered by name. UTC is among them; `Intl` may leave it out. */
export function listedTimeZones(): readonly string[] {
  listed ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort();
  return listed;
}
