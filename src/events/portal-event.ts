/**
 * Who acts. `cli` is the operator's command line; `system` the portal itself: its upkeep (`sessions`), and what it does for a
 * `visitor`, who is nobody yet.
 */
export interface Actor {
  readonly type: 'account' | 'staff' | 'system' | 'cli';
  readonly id: string;
}

/** An event as every listener gets it, the portal's own and those of the installed modules: a name, an envelope, data. */
export interface PortalEvent {
  /** Unique, and the same however often it is delivered: keep it, and drop what you have seen. */
  readonly id: string;
  readonly name: string;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** Whom it is about; null when nobody's account is. */
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A listener that must not miss an event: the audit, notices by mail. Asked again until it resolves, so it may see the
 * same id twice and keeps it once.
 */
export interface EventKeeper {
  keep(event: PortalEvent): Promise<void>;

  /** Keeps several at the price of one. A rejection has them all asked for again, one by one. */
  keepAll?(events: readonly PortalEvent[]): Promise<void>;
}
