import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import type { HostRequest } from '../../core/contracts/ports/login-session.js';
import type { Translator } from '../../core/contracts/ports/translator.js';

interface Data {
  readonly request: HostRequest;
  readonly notes: Record<string, unknown>;
}

/** The helpers that the package's templates use; a host's own renderer brings the same. */
export function pageFunctions(translator: Translator): Record<string, HelperDelegate> {
  return {
    /** A text by key: `{{t "key" name=…}}`. */
    t(key: string, options: HelperOptions) {
      return translator.text(dataOf(options).request, key, options.hash as Record<string, unknown>);
    },
    /** Sets title and width of the page: `{{page title=… width=…}}`. */
    page(options: HelperOptions) {
      Object.assign(dataOf(options).notes, options.hash);
      return '';
    },
    /** Keys made of parts: `{{t (concat kind ".name")}}`. */
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    /** The name of the browser for people; here the last product of its user agent. */
    browserName: (agent: string) => agent.split(' ').at(-1) ?? agent,
    /** Times are UTC ms. */
    time: (at: number) => element(at, { dateStyle: 'medium', timeStyle: 'short' }, ' UTC'),
    day: (at: number) => element(at, { dateStyle: 'medium' }, ''),
    plainTime: (at: number) => `${format(at, { dateStyle: 'medium', timeStyle: 'short' })} UTC`,
  };
}

function dataOf(options: HelperOptions): Data {
  return options.data as Data;
}

function format(at: number, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en', { ...style, timeZone: 'UTC' }).format(at);
}

function element(at: number, style: Intl.DateTimeFormatOptions, zone: string): Handlebars.SafeString {
  const text = Handlebars.escapeExpression(format(at, style) + zone);
  return new Handlebars.SafeString(`<time datetime="${new Date(at).toISOString()}">${text}</time>`);
}
