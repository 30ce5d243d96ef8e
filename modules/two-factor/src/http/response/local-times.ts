import Handlebars from 'handlebars';

/** The language (BCP 47) and the time zone (IANA) of a text. */
export interface TimeFormat {
  readonly locale: string;
  readonly timeZone: string;
}

const styles = {
  time: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
  zone: { timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A time (UTC ms) in the language's own format, with its zone named: `Jan 2, 2030, 3:04 AM UTC`. */
export function timeText(at: number, format: TimeFormat): string {
  const parts = formatOf('zone', format).formatToParts(at);
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? format.timeZone;
  return `${formatOf('time', format).format(at)} ${zone}`;
}

/** The day of a time (UTC ms) in the language's own format: `Jan 2, 2030`. */
export function dayText(at: number, format: TimeFormat): string {
  return formatOf('day', format).format(at);
}

/** The text as markup that programs can read too. */
export function timeElement(at: number, text: string): Handlebars.SafeString {
  const shown = Handlebars.escapeExpression(text);
  return new Handlebars.SafeString(`<time datetime="${new Date(at).toISOString()}">${shown}</time>`);
}

/** A duration of whole seconds below two minutes, of whole minutes above, rounded up: `40 seconds`, `3 minutes`. */
export function durationText(ms: number, { locale }: TimeFormat): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const isShort = seconds < 120;
  const [unit, amount] = isShort ? ['second', seconds] : ['minute', Math.ceil(seconds / 60)];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** A zone or language that this Node.js does not know, for example from a cookie, must not make a page fail. */
function formatOf(style: keyof typeof styles, { locale, timeZone }: TimeFormat): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...styles[style], timeZone: 'UTC' });
  }
}

const HOUR = 3_600_000;
/** The longest wait that is shown in hours. */
const MOST_HOURS = 72;

/** How long it is until then, rounded up: `in 40 minutes`, `in 71 hours`, `in 4 days`. */
export function waitText(ms: number, { locale }: TimeFormat): string {
  const hours = Math.ceil(ms / HOUR);
  if (ms < HOUR) return relativeOf(locale).format(Math.max(1, Math.ceil(ms / 60_000)), 'minute');
  if (hours <= MOST_HOURS) return relativeOf(locale).format(hours, 'hour');
  return relativeOf(locale).format(Math.ceil(hours / 24), 'day');
}

/** An unknown language must not make a page fail here either. */
function relativeOf(locale: string): Intl.RelativeTimeFormat {
  try {
    return new Intl.RelativeTimeFormat(locale);
  } catch {
    return new Intl.RelativeTimeFormat('en');
  }
}
