import Handlebars from 'handlebars';

/** The language (BCP 47) and the time zone (IANA) of a text. */
export interface LocalStyle {
  readonly locale: string;
  readonly timeZone: string;
}

/** More than a portal's languages and the zones of its readers at one time. */
const mostKept = 500;
const kept = new Map<string, Intl.DateTimeFormat>();

const styles = {
  time: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
  zone: { timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A time (UTC ms) in the language's own format, with its zone named: `Jan 2, 2030, 3:04 AM UTC`. */
export function timeText(at: number, local: LocalStyle): string {
  const parts = formatOf('zone', local).formatToParts(at);
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? local.timeZone;
  return `${formatOf('time', local).format(at)} ${zone}`;
}

/** The day of a time (UTC ms) in the language's own format: `Jan 2, 2030`. */
export function dayText(at: number, local: LocalStyle): string {
  return formatOf('day', local).format(at);
}

/** The text as markup that programs can read too. */
export function timeElement(at: number, text: string): Handlebars.SafeString {
  const shown = Handlebars.escapeExpression(text);
  return new Handlebars.SafeString(`<time datetime="${new Date(at).toISOString()}">${shown}</time>`);
}

/** A duration of whole seconds below two minutes, of whole minutes above, rounded up: `40 seconds`, `3 minutes`. */
export function durationText(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [unit, amount] =
    seconds < 120 ? (['second', seconds] as const) : (['minute', Math.ceil(seconds / 60)] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

const HOUR = 3_600_000;
/** The longest wait that is shown in hours. */
const mostHours = 72;

/** How long it is until then, rounded up: `in 40 minutes`, `in 71 hours`, `in 4 days`. */
export function waitText(ms: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale);
  const hours = Math.ceil(ms / HOUR);
  if (ms < HOUR) return format.format(Math.max(1, Math.ceil(ms / 60_000)), 'minute');
  return hours <= mostHours ? format.format(hours, 'hour') : format.format(Math.ceil(hours / 24), 'day');
}

/** Creating a format takes longer than using it. */
function formatOf(style: keyof typeof styles, { locale, timeZone }: LocalStyle): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${timeZone}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= mostKept) kept.clear();
  const made = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  kept.set(key, made);
  return made;
}
