import type { Problem } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';

/** The content of a page. */
export interface Page {
  /** Path below `templates/`, without extension. */
  readonly view: string;
  readonly model: View;
}

/**
 * One answer in two formats: a page or a redirect for people, the same data for JSON clients. A page that costs much, or that
 * has an effect, is created only for people.
 */
export type Reply =
  | { readonly page: Page | (() => Promise<Page>); readonly json: View | Problem }
  /** 303: redirects people to `to`. */
  | { readonly to: string; readonly json: View | Problem };
