/** The actor of an event. `cli` is the operator's command line, `system` the module's own maintenance. */
export interface Actor {
  readonly type: 'account' | 'staff' | 'system' | 'cli';
  readonly id: string;
}

/** The actor and the origin of a request: the part of an event's envelope that the request determines. */
export interface Origin {
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}
