import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import { browserName } from '../texts/browser-name.js';
import type { AssetStore } from '../assets/asset-store.js';
import type { LayoutContext } from '../common/layout-context.js';
import type { Messages, MessageValues } from '../texts/messages.js';

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
      return messages.text(data(options).frame.locale, key, values);
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

/** Times (UTC ms) and amounts formatted for the reader's locale. Times are shown in UTC and labelled so. */
const valueFunctions: ViewFunctions = {
  time(at: number, options: HelperOptions) {
    return timeElement(at, data(options).frame.locale, { dateStyle: 'medium', timeStyle: 'short' }, ' UTC');
  },
  day(at: number, options: HelperOptions) {
    return timeElement(at, data(options).frame.locale, { dateStyle: 'medium' }, '');
  },
  /** For texts without markup, such as mails. */
  plainTime(at: number, options: HelperOptions) {
    return `${format(at, data(options).frame.locale, { dateStyle: 'medium', timeStyle: 'short' })} UTC`;
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
  };
}

function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function format(at: number, locale: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(at);
}

function timeElement(at: number, locale: string, style: Intl.DateTimeFormatOptions, zone: string) {
  const text = Handlebars.escapeExpression(format(at, locale, style) + zone);
  return new Handlebars.SafeString(`<time datetime="${new Date(at).toISOString()}">${text}</time>`);
}
