/** Who acts. `cli` and `system` are the operator's command line and the module's own upkeep. */
export interface Actor {
  readonly type: 'account' | 'staff' | 'system' | 'cli';
  readonly id: string;
}

/** Who does something, and from where: the part of an event's envelope that the request knows. */
export interface Origin {
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}
