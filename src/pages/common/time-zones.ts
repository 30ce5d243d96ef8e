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

/** The longest name that an account can have. */
const longest = 64;
/** Each part of a name in the IANA database begins with a capital letter. */
const parts = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/;

/** Whether a person can choose this name: it is written as in the IANA database, and this Node.js knows it. */
export function isZoneName(name: unknown): name is string {
  return (
    typeof name === 'string' && name.length <= longest && parts.test(name) && knownTimeZone(name) !== null
  );
}

/** Current names of the IANA database, by the old ones that CLDR keeps, and `Intl` therefore lists. */
const currentNames: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The current name, where this Node.js knows it. */
function currentName(name: string): string {
  const current = currentNames[name];
  return current !== undefined && isZoneName(current) ? current : name;
}

let listed: readonly string[] | undefined;

/** The time zones that the profile offers, ordered by name. UTC is among them; `Intl` may leave it out. */
export function listedTimeZones(): readonly string[] {
  listed ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'].map(currentName))].sort();
  return listed;
}
