import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { currentSession, impersonationOf } from '../auth/sessions/current-session.js';
import { errorTrace } from '../error-facts.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { AccountNotices, PanelView } from '../portal/modules/portal-module.js';

/** What installed modules tell a signed-in person. A module that fails is left out: no page depends on it. */
@Injectable()
export class Banners {
  private readonly logger = new Logger('Pages');

  constructor(private readonly modules: InstalledModules) {}

  /** The banners of every page. A page about a failure has none, because the database may be the reason. */
  of(request: Request): Promise<readonly string[]> {
    if ((request.res?.statusCode ?? 200) >= 500) return Promise.resolve([]);
    return this.all(request, (notices, accountId) => notices.banners(request, accountId));
  }

  /** The cards of the home page. */
  homeCards(request: Request): Promise<readonly PanelView[]> {
    return this.all(request, (notices, accountId) => notices.homeCards(request, accountId));
  }

  private async all<T>(
    request: Request,
    ask: (notices: AccountNotices, accountId: string) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const account = currentSession(request)?.account;
    // An agent who is logged in as a client may neither see nor change what is the client's alone.
    if (!account || impersonationOf(request)) return [];
    const found: T[] = [];
    for (const notices of this.modules.notices())
      found.push(...(await this.safely(() => ask(notices, account.id))));
    return found;
  }

  private async safely<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await ask();
    } catch (error) {
      this.logger.error(`The notices of a module failed: ${errorTrace(error)}`);
      return [];
    }
  }
}
