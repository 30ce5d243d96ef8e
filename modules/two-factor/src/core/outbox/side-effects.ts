import { Injectable } from '@nestjs/common';
import type { TwoFactorEvent } from '../contracts/events.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { Mailer } from '../contracts/ports/mailer.js';
import type { EventSideEffects, RecordedEvent } from '../contracts/stores/event.store.js';
import { recipientOf } from '../stop-links/stop-hash.js';
import { StopLinks } from '../stop-links/stop-links.js';

/** Mails without a stop link. They follow the use of one, so another one would have no purpose. */
const WITHOUT_LINK: readonly string[] = ['locked-down'];

/** Runs the side effects of events. Each of them may run twice. */
@Injectable()
export class SideEffects {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly sessions: LoginSession,
    private readonly mailer: Mailer,
    private readonly stopLinks: StopLinks,
  ) {}

  async run({ event, sideEffects }: RecordedEvent): Promise<void> {
    const { accountId } = event;
    if (accountId === null) return;
    const { endSessions, clearProtectionFlag, endPasswordWaits, notice } = sideEffects;
    if (endSessions) await this.sessions.endOthers(accountId, endSessions.keepKey, endSessions.version);
    if (clearProtectionFlag)
      await this.accounts.setProtected(accountId, { protected: false, version: clearProtectionFlag.version });
    if (endPasswordWaits) await this.accounts.endPasswordWaits?.(accountId);
    await this.lockDown(accountId, event, sideEffects);
    if (notice) await this.notify(accountId, event, { ...sideEffects, notice });
  }

  /** The host's part of a lock-down: whether it mailed a link for a new password. */
  async lockDown(
    accountId: string,
    { id, at }: Pick<TwoFactorEvent, 'id' | 'at'>,
    { lockDown }: Pick<EventSideEffects, 'lockDown'>,
  ): Promise<boolean> {
    if (!lockDown) return false;
    const { event, undo, recipient } = lockDown;
    const isRecipient = (email: string) => recipientOf(email) === recipient;
    const mailed = await this.accounts.lockedDown?.(accountId, {
      id,
      at,
      event,
      undo: undo ?? null,
      isRecipient,
    });
    return mailed ?? false;
  }

  private async notify(
    accountId: string,
    event: TwoFactorEvent,
    { notice, added }: EventSideEffects & { readonly notice: string },
  ) {
    const account = await this.accounts.find(accountId);
    if (!account) return;
    const { id, at, ip, userAgent, data } = event;
    const label = 'label' in data ? { label: data.label } : {};
    const link = { accountId, to: account.email, event, facts: { ...label, ...added, at } };
    const stop = WITHOUT_LINK.includes(notice) ? null : await this.stopLinks.issue(link);
    const model = { ...data, ...(stop !== null && { stop }), at, ip, userAgent };
    await this.mailer.send(account, { id, template: notice, model });
  }
}
