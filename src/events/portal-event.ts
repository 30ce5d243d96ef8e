/**
 * The actor. `cli` is the operator's command line. `system` is the portal itself: its maintenance (`sessions`), and its work
 * for a `visitor`, who is not authenticated yet.
 */
export interface Actor {
  readonly type: 'account' | 'staff' | 'system' | 'cli';
  readonly id: string;
}

/** An event as every listener gets it, from the portal or from an installed module: a name, an envelope, data. */
export interface PortalEvent {
  /** Unique, and the same for every delivery. Store it, and ignore an id that you have seen. */
  readonly id: string;
  readonly name: string;
  /** The version of this envelope. */
  readonly version: 1;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** The account that the event is about; null when it is about none. */
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A durable subscriber, such as the audit log and the notifications by mail. It is called again until it resolves. It may
 * therefore get the same id twice and keeps it once.
 */
export interface EventSubscriber {
  handle(event: PortalEvent): Promise<void>;

  /** Keeps several events at the price of one. After a rejection all of them are delivered again, one by one. */
  handleAll?(events: readonly PortalEvent[]): Promise<void>;
}
