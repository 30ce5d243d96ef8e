import { Injectable } from '@nestjs/common';
import type { Origin } from '../common/origin.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import type { StopLink } from '../contracts/stores/lock-down.store.js';
import { SideEffects } from '../outbox/side-effects.js';
import { StopLinks } from '../stop-links/stop-links.js';
import { LockDowns, type LockedDown } from './lock-downs.js';
import { ThrottledLockDowns } from './throttled-lock-downs.js';

/** The result of "This wasn't me". */
export interface Stopped {
  readonly accountId: string;
  /** Whether the set of factors was changed back. */
  readonly undone: boolean;
  /** Whether the host mails a link for a new password. */
  readonly mailed: boolean;
}

/** "This wasn't me": what a link would do, and doing it. It never signs anyone in. */
@Injectable()
export class OwnerStops {
  constructor(
    private readonly links: StopLinks,
    private readonly lockDowns: LockDowns,
    private readonly sessions: LoginSession,
    private readonly effects: SideEffects,
    private readonly logs: ThrottledLockDowns,
  ) {}

  /** The link of this token. Changes nothing. @throws Problem GONE */
  inspect(token: string): Promise<StopLink> {
    return this.links.find(token);
  }

  /**
   * Locks the account down. The host's part is done at once, and repeated by the relay where it failed.
   * @throws Problem GONE; TOO_MANY_ATTEMPTS above the limit of a day.
   */
  async stop(token: string, origin: Origin): Promise<Stopped> {
    const link = await this.links.find(token);
    const locked = await this.logs.watch(link.accountId, origin, () => this.lockDowns.lock(link, origin));
    const { accountId, undone } = locked;
    return { accountId, undone, mailed: await this.runEffects(locked) };
  }

  /** The relay runs them too. A failure here must not look as if nothing had happened. */
  private async runEffects({ accountId, version, effects, ...event }: LockedDown): Promise<boolean> {
    try {
      await this.sessions.endOthers(accountId, null, version);
      return await this.effects.lockDown(accountId, event, effects);
    } catch {
      return true;
    }
  }
}
