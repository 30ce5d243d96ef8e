import type { HelperDelegate, HelperOptions } from 'handlebars';
import { browserName } from '../texts/browser-name.js';
import type { AssetStore } from '../assets/asset-store.js';
import type { LayoutContext } from '../common/layout-context.js';
import { isZoneName, listedTimeZones } from '../common/time-zones.js';
import type { Messages, MessageValues } from '../texts/messages.js';
import { dayText, durationText, timeElement, timeText, waitText } from './local-times.js';
import { withMarkup } from './markup-values.js';

/** Page metadata that a view sets by `{{page title=… width=…}}`. */
export interface PageNotes {
  title?: string;
  width?: string;
}

/** Context besides the model: Handlebars' data variables. */
interface ViewData {
  readonly frame: LayoutContext;
  readonly notes: PageNotes;
}

type ViewFunctions = Readonly<Record<string, HelperDelegate>>;

/** Handlebars passes its options as the last argument, after all arguments of the template. */
function data(options: HelperOptions): ViewData {
  return options.data as ViewData;
}

/** Texts: `{{t "key" name=…}}`, values also as one object; `{{term "prefix" name}}` falls back to `else`, or to the name. */
function textFunctions(messages: Messages): ViewFunctions {
  return {
    t(key: string, ...rest: unknown[]) {
      const options = rest.pop() as HelperOptions;
      const values = { ...(rest[0] as MessageValues | undefined), ...(options.hash as MessageValues) };
      return withMarkup(values, (plain) => messages.text(data(options).frame.locale, key, plain));
    },
    term(prefix: string, name: string, options: HelperOptions) {
      const { locale } = data(options).frame;
      const { else: otherwise, ...values } = options.hash as Record<string, unknown>;
      const key = `${prefix}.${name}`;
      if (messages.has(locale, key)) return messages.text(locale, key, values);
      return typeof otherwise === 'string' ? messages.text(locale, otherwise, values) : name;
    },
  };
}

/** Times (UTC ms) and amounts formatted for the reader's locale. Times are shown in the reader's time zone, which is named. */
const valueFunctions: ViewFunctions = {
  time(at: number, options: HelperOptions) {
    return timeElement(at, timeText(at, data(options).frame));
  },
  /** A day of the provider, such as that of an invoice: the same for every reader. */
  day(at: number, options: HelperOptions) {
    const { locale, providerTimeZone: timeZone } = data(options).frame;
    return timeElement(at, dayText(at, { locale, timeZone }));
  },
  /** For texts without markup, such as mails. */
  plainTime(at: number, options: HelperOptions) {
    return timeText(at, data(options).frame);
  },
  /** How long it is until this time, counted from the model's `now`. */
  timeLeft(at: number, options: HelperOptions) {
    const { root } = options.data as { readonly root: { readonly now: number } };
    return durationText(at - root.now, data(options).frame.locale);
  },
  /** The same for a wait of hours or days, counted from the given time: `in 71 hours`. */
  waitLeft(at: number, now: number, options: HelperOptions) {
    return waitText(at - now, data(options).frame.locale);
  },
  money(cents: number, currency: string, options: HelperOptions) {
    const { locale } = data(options).frame;
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);
  },
  browserName: (agent: string | null) => browserName(agent) ?? '',
};

/** The available languages, each named in its own language. */
function languages(messages: Messages): HelperDelegate {
  const named = messages.locales.map((locale) => ({
    locale,
    name: new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale,
  }));
  return () => named;
}

/**
 * The time zones of the list, and the chosen one, grouped by the first part of their name: `Europe` has `Europe/Berlin`, shown
 * as `Berlin`.
 */
const timeZones: HelperDelegate = (chosen: unknown) => {
  const offered = new Set([...listedTimeZones(), ...(isZoneName(chosen) ? [chosen] : [])]);
  const named = [...offered].sort().map((zone) => {
    const [region = zone, ...place] = zone.split('/');
    return { zone, region, place: (place.join(' – ') || region).replaceAll('_', ' ') };
  });
  const regions = [...new Set(named.map(({ region }) => region))];
  return regions.map((region) => ({ region, zones: named.filter((each) => each.region === region) }));
};

/** URLs, small comparisons, and the page metadata of a view. */
const pageFunctions: ViewFunctions = {
  url(path: string, options: HelperOptions) {
    const given = Object.entries(options.hash as Record<string, unknown>).filter(([, value]) =>
      isText(value),
    );
    const query = new URLSearchParams(
      given.map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    return query ? `${path}?${query}` : path;
  },
  eq: (one: unknown, other: unknown) => one === other,
  /** Keys built from parts: `{{t (concat kind ".name")}}`. */
  concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  page(options: HelperOptions) {
    Object.assign(data(options).notes, options.hash);
    return '';
  },
};

/** The part of the assets that pages use. */
type Assets = Pick<AssetStore, 'address' | 'scripts'>;

export function viewFunctions(messages: Messages, assets: Assets): ViewFunctions {
  return {
    ...textFunctions(messages),
    ...valueFunctions,
    ...pageFunctions,
    asset: (name: string) => assets.address(name),
    scripts: () => assets.scripts,
    languages: languages(messages),
    timeZones,
  };
}

function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
