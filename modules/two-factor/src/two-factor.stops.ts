import { Inject } from '@nestjs/common';
import { AccountServices } from './account-services.js';
import type { Actor } from './core/common/origin.js';
import { BrakeFacade } from './two-factor.brakes.js';

/** The part of the facade about links “This wasn’t me” and lock-downs (option `publicUrl`). */
export abstract class StopFacade extends BrakeFacade {
  @Inject(AccountServices)
  private readonly accountServices: AccountServices;

  /**
   * Ends the waits and the full stop after wrong codes, and a lock-down, for staff and command lines. The owner gets a mail. False when
   * there was nothing to end.
   * @throws Problem NOT_FOUND when the account does not exist; INVALID_INPUT without a reason.
   */
  async unlock(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    const unlocked = await this.accountServices.admin.unlock(accountId, reason, actor);
    const released = await this.accountServices.lockDownEnd.byStaff(accountId, reason, actor);
    return unlocked || released;
  }

  /**
   * Returns the address of a new link "This wasn't me" for a mail of the host about one of its own events; null where the host has no `publicUrl`.
   * Call it for each mail that tells the owner of a change, before the transaction that stores the mail, and again where the
   * mail is written again: links of the same event are used up together. `to`: the address that the mail goes to. `undo`: what
   * `AccountDirectory.lockedDown` gets to take back; no secrets. The link works once within 72 hours.
   */
  stopLink(mail: {
    readonly accountId: string;
    readonly to: string;
    readonly event: {
      readonly id: string;
      readonly name: string;
      /** When it happened, UTC ms. */
      readonly at: number;
    };
    readonly undo?: { readonly name: string; readonly data: Readonly<Record<string, unknown>> };
  }): Promise<string | null> {
    const { undo, event } = mail;
    return this.accountServices.stopLinks.issue({ ...mail, facts: { at: event.at, ...(undo && { undo }) } });
  }

  /**
   * Call it after a change or reset of the password. It ends waits and voids logins that began with the old one. `at`
   * (UTC ms) is the time of the change, for hosts that call it later; logins that began after it stay. Default: now.
   * `byMailedLink`: whether a link that was mailed to the present address replaced it, which ends a lock-down.
   */
  async passwordChanged(
    accountId: string,
    at?: number,
    { byMailedLink = false }: { readonly byMailedLink?: boolean } = {},
  ): Promise<void> {
    // A freeze ends with the last open lock-down.
    if (byMailedLink) await this.accountServices.lockDownEnd.byPassword(accountId, at);
    await this.accountServices.admin.passwordChanged(accountId, at);
  }
}
