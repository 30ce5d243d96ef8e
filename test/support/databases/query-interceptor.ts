import type { DataSource } from 'typeorm';
import { QueryWatch } from './query-watch.js';
import { isAside } from './statements.js';

/** Lies across the way to the database: at the statement it is set at, something happens first. */
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
   * At the `nth` statement of requests from now on, and at every later one, `trip` runs before it is sent; what it throws
   * fails the statement.
   */
  set(nth: number, trip: () => void): void {
    this.left = nth;
    this.trip = trip;
  }

  /** Takes it away. True when somebody came as far as that. */
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
