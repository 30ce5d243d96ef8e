/** A hidden field that every form of a page must carry. */
export interface FormField {
  readonly name: string;
  readonly value: string;
}

/** An entry of a menu; `label` is a message key. */
export interface FrameLink {
  readonly label: string;
  readonly href: string;
  /** The page now shown is this one, or below it. */
  readonly current: boolean;
}

/** What every page has around its view; templates read it as `@frame`. */
export interface Frame {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly portalName: string;
  readonly supportEmail: string | null;
  readonly supportPhone: string | null;
  /** Who is signed in; null for visitors and held logins. */
  readonly viewer: { readonly name: string; readonly email: string } | null;
  /** Where people sign in without a password; null: nowhere. */
  readonly passwordless: string | null;
  /** The bar at the top. */
  readonly places: readonly FrameLink[];
  /** The staff area's own bar; empty outside of it, and for everybody else. */
  readonly staffPlaces: readonly FrameLink[];
  /** The name menu, top right. */
  readonly menu: readonly FrameLink[];
  readonly formFields: readonly FormField[];
  /** Mail is kept in files, since there is no mail server: told on every page. */
  readonly outbox: boolean;
}
