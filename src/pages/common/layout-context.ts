/** A hidden field that every form of a page must carry. */
export interface FormField {
  readonly name: string;
  readonly value: string;
}

/** An entry of a menu; `label` is a message key. */
export interface FrameLink {
  readonly label: string;
  readonly href: string;
  /** The current page is this one, or below it. */
  readonly current: boolean;
}

/** The context of the layout around every view; templates read it as `@frame`. */
export interface LayoutContext {
  readonly locale: string;
  /** The IANA name of the reader's time zone: the chosen one, else the browser's, else the provider's. */
  readonly timeZone: string;
  /** The IANA name of the provider's time zone. */
  readonly providerTimeZone: string;
  readonly direction: 'ltr' | 'rtl';
  readonly portalName: string;
  readonly supportEmail: string | null;
  readonly supportPhone: string | null;
  /** The signed-in person; null for visitors and pending logins. */
  readonly viewer: { readonly name: string; readonly email: string } | null;
  /** The viewer is staff and acts as a client until `expiresAt` (UTC ms): every page says so. Null: the viewer acts for themselves. */
  readonly impersonation: {
    readonly agent: string;
    readonly client: string;
    readonly expiresAt: number;
  } | null;
  /** The URL for signing in without a password; null: not offered. */
  readonly passwordless: string | null;
  /** The main navigation at the top. */
  readonly navigation: readonly FrameLink[];
  /** The navigation of the staff area; empty outside of it and for customers. */
  readonly staffNavigation: readonly FrameLink[];
  /** The name menu, top right. */
  readonly menu: readonly FrameLink[];
  readonly formFields: readonly FormField[];
  /** Mails are stored in files, because there is no mail server; every page says so. */
  readonly outbox: boolean;
}
