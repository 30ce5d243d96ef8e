import { AttemptStore, type AttemptCount, type WaitRule } from '../../core/contracts/stores/attempt.store.js';
import { isId } from '../../core/contracts/stores/ids.js';
import type { Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

/** Counters, in memory. */
export class MemoryAttemptStore extends AttemptStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  read(subjects: readonly string[]): Promise<readonly AttemptCount[]> {
    return this.run(() => subjects.flatMap((subject) => this.tables.attempts.get(subject) ?? []));
  }

  consume(subject: string, rule: WaitRule, now: number, below = rule.hardStop): Promise<boolean> {
    return this.run(() => {
      const count = this.count(subject);
      const most = Math.min(below, rule.hardStop);
      if (!isId(subject) || count.waitsUntil > now || count.misses >= most) return false;
      const misses = count.misses + 1;
      this.keep({ ...count, misses, waitsUntil: waitsUntil(count, rule, now) });
      return true;
    });
  }

  consumeWindow(subject: string, limit: number, length: number, now: number): Promise<boolean> {
    return this.run(() => {
      const count = this.count(subject);
      const current = count.windowEnds > now ? count : { ...count, misses: 0, windowEnds: now + length };
      if (!isId(subject) || current.misses >= limit) return false;
      this.keep({ ...current, misses: current.misses + 1 });
      return true;
    });
  }

  refund(subject: string, { every }: WaitRule): Promise<void> {
    return this.run(() => {
      const count = this.count(subject);
      if (count.misses === 0) return;
      const waits = count.misses % every === 0 ? 0 : count.waitsUntil;
      this.keep({ ...count, misses: count.misses - 1, waitsUntil: waits });
    });
  }

  open(subject: string): Promise<void> {
    return this.run(() => {
      if (isId(subject)) this.keep(this.count(subject));
    });
  }

  clear(subject: string): Promise<void> {
    return this.change(subject, { misses: 0, waitsUntil: 0 });
  }

  endWait(subject: string): Promise<void> {
    return this.change(subject, { waitsUntil: 0 });
  }

  sweep(now: number): Promise<void> {
    return this.run(() => {
      for (const { subject, windowEnds } of this.tables.attempts.values())
        if (windowEnds > 0 && windowEnds < now) this.tables.attempts.delete(subject);
    });
  }

  private change(subject: string, change: Partial<AttemptCount>): Promise<void> {
    return this.run(() => {
      const count = this.tables.attempts.get(subject);
      if (count) this.keep({ ...count, ...change });
    });
  }

  private count(subject: string): AttemptCount {
    return this.tables.attempts.get(subject) ?? { subject, misses: 0, waitsUntil: 0, windowEnds: 0 };
  }

  private keep(count: AttemptCount): void {
    this.tables.attempts.set(count.subject, count);
  }
}

/** The end of the wait that one more failure starts, or of the current wait if it starts none. */
function waitsUntil({ misses, waitsUntil }: AttemptCount, { every, waits }: WaitRule, now: number): number {
  const runs = (misses + 1) / every;
  const wait = Number.isInteger(runs) ? waits[Math.min(runs, waits.length) - 1] : undefined;
  return wait === undefined ? waitsUntil : now + wait;
}
