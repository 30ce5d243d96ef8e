/** What a recovery kind says about itself to owners and operators. */
export interface RecoveryTexts {
  /**
   * The mails to the owner, as templates in `mail/`: a new set was issued, a code was used. Default: neutral ones,
   * `recovery-codes-issued` and `recovery-code-used`.
   */
  readonly notices?: { readonly issued: string; readonly used: string };
  /** When each event of this kind is emitted, by the event's name, for `twoFactorEventsOf`. Default: neutral sentences. */
  readonly events?: Readonly<Record<string, string>>;
}
