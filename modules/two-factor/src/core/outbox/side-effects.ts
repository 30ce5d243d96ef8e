import { Injectable } from '@nestjs/common';
import type { TwoFactorEvent } from '../contracts/events.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { Mailer } from '../contracts/ports/mailer.js';
import type { EventSideEffects, RecordedEvent } from '../contracts/stores/event.store.js';

/** Runs the side effects of events. Each of them may run twice. */
@Injectable()
export class SideEffects {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly sessions: LoginSession,
    private readonly mailer: Mailer,
  ) {}

  async run({ event, sideEffects }: RecordedEvent): Promise<void> {
    const { accountId } = event;
    if (accountId === null) return;
    const { endSessions, clearProtectionFlag, endPasswordWaits, notice } = sideEffects;
    if (endSessions) await this.sessions.endOthers(accountId, endSessions.keepKey, endSessions.version);
    if (clearProtectionFlag)
      await this.accounts.setProtected(accountId, { protected: false, version: clearProtectionFlag.version });
    if (endPasswordWaits) await this.accounts.endPasswordWaits?.(accountId);
    if (notice) await this.notify(accountId, event, notice);
  }

  private async notify(
    accountId: string,
    event: TwoFactorEvent,
    notice: NonNullable<EventSideEffects['notice']>,
  ) {
    const account = await this.accounts.find(accountId);
    if (!account) return;
    const { id, at, ip, userAgent, data } = event;
    await this.mailer.send(account, { id, template: notice, model: { ...data, at, ip, userAgent } });
  }
}
