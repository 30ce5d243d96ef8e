import { Inject } from '@nestjs/common';
import { AccountAdmin } from './core/admin/account-admin.js';
import type { Actor } from './core/common/origin.js';
import { StopFacade } from './two-factor.stops.js';

/** The part of the facade about resets by staff and command lines. */
export abstract class ResetFacade extends StopFacade {
  @Inject(AccountAdmin)
  private readonly accountAdmin: AccountAdmin;

  /**
   * Resets two-factor, for staff and command lines. Every session and trusted browser ends, and the owner gets a mail. The
   * next sign-in needs the password, and besides: nothing (`disable`, refused where two-factor is required); a new
   * set-up, because all factors are gone (`re-enrol`); or the code in `oneTimeCode` within ten minutes, or a factor, which
   * all stay (`one-time-code`). The code is in this result only. `reset` is false where there was nothing to reset. A text
   * in place of the request is the reason of the mode `disable`; the result is then `reset` alone.
   * @throws Problem NOT_FOUND where there is no account; INVALID_INPUT without a reason, or where `approvedBy` is no second
   * person; CONFLICT with `reason` and `until` (docs/errors.md), or when another change was faster.
   */
  reset(accountId: string, reason: string, actor: Actor): Promise<boolean>;
  reset(
    accountId: string,
    request: {
      readonly mode: 'disable' | 're-enrol' | 'one-time-code';
      readonly reason: string;
      /** The second person who approved it; needed within 24 hours after a change of e-mail address or password. */
      readonly approvedBy?: Actor | undefined;
    },
    actor: Actor,
  ): Promise<{
    readonly mode: 'disable' | 're-enrol' | 'one-time-code';
    readonly reset: boolean;
    /** `code` in groups of four digits; `expiresAt`: UTC ms. */
    readonly oneTimeCode?: { readonly code: string; readonly expiresAt: number } | undefined;
  }>;
  async reset(
    accountId: string,
    given: string | { readonly mode: 'disable' | 're-enrol' | 'one-time-code'; readonly reason: string },
    actor: Actor,
  ): Promise<boolean | { readonly reset: boolean }> {
    if (typeof given === 'string') return this.accountAdmin.reset(accountId, given, actor);
    return this.accountAdmin.resets.run(accountId, given, actor);
  }
}
