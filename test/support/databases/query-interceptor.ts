import type { DataSource } from 'typeorm';
import { QueryWatch } from './query-watch.js';
import { isAside } from './statements.js';

/** Runs a function before a chosen statement. */
export class QueryInterceptor extends QueryWatch {
  private left = Infinity;
  private trip: () => void = () => undefined;

  private constructor() {
    super();
  }

  static across(dataSource: DataSource): QueryInterceptor {
    return new QueryInterceptor().listensTo(dataSource);
  }

  /**
   * Runs `trip` before the `nth` statement of requests from now on, and before every later one. An error that it throws
   * fails the statement.
   */
  set(nth: number, trip: () => void): void {
    this.left = nth;
    this.trip = trip;
  }

  /** Removes the function. Returns true when it ran. */
  lift(): boolean {
    const tripped = this.left <= 0;
    this.left = Infinity;
    return tripped;
  }

  logQuery(query: string): void {
    if (this.left > 0 && isAside(query)) return;
    this.left -= 1;
    if (this.left <= 0) this.trip();
  }
}
