import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { Clock } from '../../../clock.js';
import { limits } from '../../../limits.js';
import { type Counted, emailHashOf } from '../../rate-limits/counted.js';
import { endedBefore } from '../../rate-limits/rate-limit.store.js';

const { points: most, waits } = limits['password-account'];
const day = 24 * 60 * 60_000;

/** The waits after one to several runs of failures, in milliseconds: doubled up to the longest. */
const waitsMs: readonly number[] = doubled(waits.first, waits.longest).map((seconds) => seconds * 1000);

/** The order in SET matters: MariaDB and MySQL use the new values of earlier assignments. One more point marks the wait. */
const startOne = `UPDATE rate_limits SET
    ends_at = CASE WHEN runs_end <= :now THEN :until0 ${waitsMs.map(step).join(' ')} ELSE ends_at END,
    runs = CASE WHEN runs_end <= :now THEN 1 ELSE runs + 1 END,
    runs_end = CASE WHEN runs_end <= :now THEN :runsEnd ELSE runs_end END,
    points = points + 1
  WHERE subject = :subject AND points = :most AND ends_at > :now`;

const endOne = 'UPDATE rate_limits SET points = 0, ends_at = :ended WHERE subject = :subject';

const endAll = `UPDATE rate_limits SET points = 0, ends_at = :ended, runs = 0, runs_end = 0
  WHERE email_hash = :emailHash AND points >= :most AND ends_at > :now`;

const readAll = `SELECT network, points, ends_at FROM rate_limits
  WHERE email_hash = :emailHash AND points > 0 AND ends_at > :now ORDER BY ends_at DESC, subject`;

/** Wrong passwords for one account from one client network. */
export interface PasswordWait {
  readonly network: string;
  readonly failed: number;
  /** Passwords are refused until then, UTC ms; null where they are not. */
  readonly until: number | null;
}

interface WaitLine {
  readonly network: string;
  readonly points: number;
  readonly ends_at: string | number;
}

/** The waits after wrong passwords for one account. */
@Injectable()
export class PasswordWaits {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Starts the wait if the last failure was the last one allowed. The wait doubles with every run within a day. */
  async start({ subject }: Counted): Promise<void> {
    const now = this.clock.now();
    const values: Record<string, string | number> = { subject, now, most, runsEnd: now + day };
    waitsMs.forEach((wait, run) => (values[`until${run}`] = now + wait));
    await new Statements(this.database).execute(startOne, values);
  }

  /** Ends one wait. The number of runs stays, so the next wait is still doubled. */
  async end({ subject }: Counted): Promise<void> {
    const ended = endedBefore(this.clock.now());
    await new Statements(this.database).execute(endOne, { subject, ended });
  }

  /** Ends all waits of the account with this e-mail address, and forgets the runs. False when it had none. */
  async endAll(email: string, manager?: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const values = { emailHash: emailHashOf(email), now, ended: endedBefore(now), most };
    return (await new Statements(this.database, manager).execute(endAll, values)) > 0;
  }

  /** The networks with wrong passwords for the account with this e-mail address, the longest wait first. */
  async of(email: string): Promise<readonly PasswordWait[]> {
    const values = { emailHash: emailHashOf(email), now: this.clock.now() };
    const lines = await new Statements(this.database).query<WaitLine>(readAll, values);
    return lines.map(({ network, points, ends_at }) => ({
      network,
      failed: Math.min(points, most),
      until: points >= most ? Number(ends_at) : null,
    }));
  }
}

/** The wait of a later run. */
function step(_wait: number, run: number): string {
  const last = run === waitsMs.length - 1;
  return `WHEN runs ${last ? '>=' : '<='} ${run} THEN :until${run}`;
}

function doubled(first: number, longest: number): number[] {
  return first >= longest ? [longest] : [first, ...doubled(first * 2, longest)];
}
