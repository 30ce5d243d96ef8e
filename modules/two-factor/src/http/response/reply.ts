import type { Problem } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';

/** What a page shows. */
export interface Page {
  /** Below `templates/`, without ending. */
  readonly view: string;
  readonly model: View;
}

/**
 * One answer in two shapes: a page or a way on for people, the same facts for programs. A page that costs something, or does
 * something, is made only for people.
 */
export type Reply =
  | { readonly page: Page | (() => Promise<Page>); readonly json: View | Problem }
  /** 303: people go on to `to`. */
  | { readonly to: string; readonly json: View | Problem };
