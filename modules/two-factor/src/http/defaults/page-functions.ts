import type { HelperDelegate, HelperOptions } from 'handlebars';
import type { HostRequest } from '../../core/contracts/ports/login-session.js';
import type { Translator } from '../../core/contracts/ports/translator.js';
import { dayText, durationText, timeElement, timeText, type TimeFormat } from '../response/local-times.js';
import { withMarkup } from './markup-values.js';

interface Data {
  readonly request: HostRequest;
  readonly notes: Record<string, unknown>;
  readonly root: { readonly now: number };
}

/** The helpers that the package's templates use; a host's own renderer brings the same. */
export function pageFunctions(translator: Translator): Record<string, HelperDelegate> {
  return {
    /** A text by key: `{{t "key" name=…}}`. */
    t(key: string, options: HelperOptions) {
      const values = options.hash as Record<string, unknown>;
      return withMarkup(values, (plain) => translator.text(dataOf(options).request, key, plain));
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
    time: (at: number, options: HelperOptions) => timeElement(at, timeText(at, formatOf(options))),
    day: (at: number, options: HelperOptions) => timeElement(at, dayText(at, formatOf(options))),
    plainTime: (at: number, options: HelperOptions) => timeText(at, formatOf(options)),
    /** How long it is until this time, counted from the model's `now`. */
    timeLeft: (at: number, options: HelperOptions) =>
      durationText(at - dataOf(options).root.now, formatOf(options)),
  };

  function formatOf(options: HelperOptions): TimeFormat {
    return translator.timeFormat(dataOf(options).request);
  }
}

function dataOf(options: HelperOptions): Data {
  return options.data as Data;
}
