/** What a recovery kind says about itself to owners and operators. */
export interface RecoveryTexts {
  /**
   * The mails to the owner, as templates in `mail/`: a new set was issued; a code was used; three are left; none is left. Default: neutral ones,
   * `recovery-codes-issued`, `recovery-code-used`, `recovery-codes-low` and `recovery-codes-out`.
   */
  readonly notices?: {
    readonly issued: string;
    readonly used: string;
    readonly low?: string;
    readonly out?: string;
  };
  /** When each event of this kind is emitted, by the event's name, for `twoFactorEventsOf`. Default: neutral sentences. */
  readonly events?: Readonly<Record<string, string>>;
}
