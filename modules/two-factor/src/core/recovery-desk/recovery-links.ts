/** The addresses in mails about a case: the core knows no routes. */
export abstract class RecoveryLinks {
  /** The page that cancels the case: absolute where the host named its origin. */
  abstract cancel(token: string): string;
}
