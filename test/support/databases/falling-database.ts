import { DatabaseProxy } from '../network/database-proxy.js';
import type { DatabaseKind } from './databases.js';
import { portal, type Portal } from '../portal/portal.js';
import { QueryInterceptor } from './query-interceptor.js';

/**
 * How a database fails: before a statement reaches it, or after the statement was executed and before its answer
 * arrives.
 */
export type Fall = 'unreached' | 'unheard';

/** The possible failures. SQLite is in the same process, where a statement fails or does not. */
export function fallsOf(database: DatabaseKind): readonly Fall[] {
  return database === 'sqlite' ? ['unreached'] : ['unreached', 'unheard'];
}

/** A portal with a database that fails at a chosen statement. */
export class FallingDatabase {
  private readonly wire: QueryInterceptor;

  private constructor(
    readonly site: Portal,
    private readonly behind: Portal | undefined,
    private readonly databaseProxy: DatabaseProxy | undefined,
  ) {
    this.wire = QueryInterceptor.across(site.database);
  }

  static async under(database: DatabaseKind): Promise<FallingDatabase> {
    if (database === 'sqlite') return new FallingDatabase(await portal({ database }), undefined, undefined);
    const behind = await portal({ database });
    const url = new URL(behind.databaseUrl);
    const databaseProxy = await DatabaseProxy.to(url.hostname, Number(url.port));
    url.port = String(databaseProxy.port);
    url.hostname = '127.0.0.1';
    const site = await portal({ besides: behind, env: { DATABASE_URL: url.href } });
    return new FallingDatabase(site, behind, databaseProxy);
  }

  /** Fails at the `nth` statement from now on, and stays away. */
  fallsAt(nth: number, fall: Fall): void {
    this.wire.set(nth, () => {
      if (!this.databaseProxy) throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
      if (fall === 'unreached') this.databaseProxy.cut();
      else this.databaseProxy.cutAtAnswer();
    });
  }

  /** The database works again. Returns false when no request reached the failing statement. */
  returns(): boolean {
    this.databaseProxy?.mend();
    return this.wire.lift();
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.databaseProxy?.remove();
    await this.behind?.close();
  }
}
