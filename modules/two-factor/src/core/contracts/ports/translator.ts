import type { HostRequest } from './login-session.js';

/** Texts by key. */
export abstract class Translator {
  /**
   * Returns the text of `key` in the request's language, with `{{name}}` filled from `values`. An unknown key throws.
   */
  abstract text(request: HostRequest | null, key: string, values?: Readonly<Record<string, unknown>>): string;
}
