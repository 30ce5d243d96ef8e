import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan } from 'typeorm';
import { Accounts } from '../accounts/accounts.service.js';
import type { Account } from '../accounts/account.js';
import { SessionRow } from '../auth/sessions/rows/session.entity.js';
import { isWithinLimits } from '../auth/sessions/session-limits.js';
import { Clock } from '../clock.js';
import { type ImpersonationEnd, ImpersonationRow } from './impersonation.entity.js';
import { Impersonations } from './impersonations.js';

const minute = 60_000;
/** How long rows are kept after the end, in milliseconds. The audit log keeps the events. */
const keptFor = 24 * 60 * minute;

/** How an impersonation ended without a request. */
interface Ending {
  readonly reason: ImpersonationEnd;
  readonly at: number;
}

/**
 * Records the end of impersonations that no request ended: they are over as soon as their time, their session or one of the accounts has changed, and
 * this only adds the event. An end that is recorded by several nodes at once is one event.
 */
@Injectable()
export class ImpersonationSweep {
  private readonly logger = new Logger('Impersonation');

  constructor(
    private readonly database: DataSource,
    private readonly impersonations: Impersonations,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  @Interval(minute)
  async sweep(): Promise<void> {
    try {
      for (const row of await this.impersonations.unended()) await this.endIfOver(row);
      const before = this.clock.now() - keptFor;
      await this.database.manager.delete(ImpersonationRow, { endedAt: LessThan(before) });
    } catch (error) {
      this.logger.warn(`The ends of impersonations could not be recorded: ${String(error)}`);
    }
  }

  private async endIfOver(row: ImpersonationRow): Promise<void> {
    const agent = await this.accounts.byId(row.agentId);
    const ending = await this.endingOf(row, agent);
    if (ending) await this.impersonations.end(row, { ...ending, agent: agent?.name ?? row.agentId }, null);
  }

  private async endingOf(row: ImpersonationRow, agent: Account | null): Promise<Ending | null> {
    const now = this.clock.now();
    const key = { key: row.sessionKey, accountId: row.agentId };
    const session = await this.database.manager.findOneBy(SessionRow, key);
    const ending = session && agent ? endingBySession(row, { session, agent }, now) : sessionEnded(now);
    if (ending) return ending;
    return (await this.isUnchangedClient(row)) ? null : { reason: 'account-changed', at: now };
  }

  private async isUnchangedClient({
    clientId,
    clientStamp,
    clientVersion,
  }: ImpersonationRow): Promise<boolean> {
    const client = await this.accounts.byId(clientId);
    if (client?.role !== 'customer') return false;
    return isUnchanged(client, { stamp: clientStamp, version: clientVersion });
  }
}

/** How the time, or the session of the agent, has ended it; null: neither has. */
function endingBySession(
  { expiresAt }: ImpersonationRow,
  { session, agent }: { readonly session: SessionRow; readonly agent: Account },
  now: number,
): Ending | null {
  if (expiresAt <= (session.endedAt ?? now)) return { reason: 'expired', at: expiresAt };
  if (session.endedAt !== null) return sessionEnded(session.endedAt);
  if (!isWithinLimits(session, agent.role, now)) return sessionEnded(now);
  return isUnchanged(agent, session) ? null : { reason: 'account-changed', at: now };
}

function sessionEnded(at: number): Ending {
  return { reason: 'session-ended', at };
}

function isUnchanged(account: Account, { stamp, version }: Pick<SessionRow, 'stamp' | 'version'>): boolean {
  return !account.suspended && account.stamp === stamp && account.sessionsVersion === version;
}
