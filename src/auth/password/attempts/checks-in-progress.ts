import { Mutex } from 'async-mutex';
import type { Counted } from '../../rate-limits/counted.js';
import { limits } from '../../../limits.js';

/** The checks of one row in this process. */
interface ChecksOfKey {
  /** Requests that check or wait to check. */
  requests: number;
  /** Requests that check. */
  checks: number;
  /** Requests that wait take turns. */
  turn?: Mutex;
  /** Called when a check ends. */
  wake?: () => void;
}

/** How many nodes may begin a check at once before one of them must look at the row first. */
const nodes = 5;

/** The most rows that are remembered as used. Forgetting one costs only a check in vain. */
const mostUsed = 10_000;

/** Returns how many failures a row has, or throws where it has too many. */
type CountFailures = () => Promise<number>;

/**
 * Slow checks that this process has begun. Where a row was used lately, or several requests meet, no more checks begin than could all fail
 * within the limit. All other checks begin without a look at the row. Whether a result may be told is decided after the check.
 */
export class ChecksInProgress {
  private readonly entries = new Map<string, ChecksOfKey>();
  /** The rows with failures, and until when (UTC ms). */
  private readonly used = new Map<string, number>();

  /** Waits until a check may begin; report its end with `leave`. */
  async enter({ limit, subject }: Counted, now: number, failures: CountFailures): Promise<void> {
    const entry = this.entries.get(subject) ?? { requests: 0, checks: 0, turn: undefined, wake: undefined };
    this.entries.set(subject, entry);
    const { points } = limits[limit];
    entry.requests += 1;
    if (entry.requests <= Math.floor(points / nodes) && !this.isUsed(subject, now)) {
      entry.checks += 1;
      return;
    }
    try {
      entry.turn ??= new Mutex();
      await entry.turn.runExclusive(() => begin(entry, points, failures));
    } catch (refusal) {
      this.forget(subject, entry);
      throw refusal;
    }
  }

  leave({ subject }: Counted): void {
    const entry = this.entries.get(subject);
    if (!entry) return;
    entry.checks -= 1;
    entry.wake?.();
    this.forget(subject, entry);
  }

  /** The row has failures until this time (UTC ms): the next check looks at it first. */
  remember({ subject }: Counted, until: number): void {
    this.used.delete(subject);
    this.used.set(subject, until);
    const [oldest] = this.used.keys();
    if (this.used.size > mostUsed && oldest !== undefined) this.used.delete(oldest);
  }

  private isUsed(subject: string, now: number): boolean {
    const until = this.used.get(subject);
    if (until === undefined) return false;
    if (until > now) return true;
    this.used.delete(subject);
    return false;
  }

  private forget(subject: string, entry: ChecksOfKey): void {
    entry.requests -= 1;
    if (entry.requests === 0) this.entries.delete(subject);
  }
}

async function begin(entry: ChecksOfKey, points: number, failures: CountFailures): Promise<void> {
  while ((await failures()) + entry.checks >= points) {
    await new Promise<void>((wake) => (entry.wake = wake));
  }
  entry.checks += 1;
}
