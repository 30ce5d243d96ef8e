/** A mail that tells the owner of a change. It gets a link “This wasn’t me”. */
export interface StoppableMail {
  readonly accountId: string;
  /** The address that the mail goes to. */
  readonly to: string;
  readonly event: {
    readonly id: string;
    readonly name: string;
    /** UTC ms. */
    readonly at: number;
  };
  /** What the link takes back; see `LockDownStep`. It contains no secret. */
  readonly undo?: { readonly name: string; readonly data: Readonly<Record<string, unknown>> };
}

/** Makes the links “This wasn’t me” of the portal’s own mails. */
export interface StopLinkMaker {
  /** The absolute address of a new link; null: there is none. */
  link(mail: StoppableMail): Promise<string | null>;
}
