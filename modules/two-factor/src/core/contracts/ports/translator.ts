import type { HostRequest } from './login-session.js';

/** Texts by key. */
export abstract class Translator {
  /**
   * Returns the text of `key` in the request's language, with `{{name}}` filled from `values`. An unknown key throws.
   */
  abstract text(request: HostRequest | null, key: string, values?: Readonly<Record<string, unknown>>): string;

  /**
   * Returns the language (BCP 47) and the time zone (IANA) of the times on this request's pages. English and UTC, unless a host
   * overrides it. An unknown name counts as these.
   */
  timeFormat(_request: HostRequest | null): { readonly locale: string; readonly timeZone: string } {
    return { locale: 'en', timeZone: 'UTC' };
  }
}
