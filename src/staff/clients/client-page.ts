import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { HistoryLine } from '../../audit/history-lines.js';
import { History } from '../../audit/history.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { currentAccount } from '../../accounts/current-account.js';
import { isForStaff } from '../../events/staff-events.js';
import { isDatabaseUnavailable } from '../../database/connection/database-errors.js';
import { errorTrace } from '../../error-facts.js';
import { InstalledModules, type NamedPanel } from '../../portal/modules/modules.js';
import type { PanelView } from '../../portal/modules/portal-module.js';
import { ClientBrief, type Brief } from './client-brief.js';
import { type CallFacts, ClientCall } from './client-call.js';
import type { ClientRecord } from './client-row.js';

/** Number of lines of a client's history. */
const latest = 10;

/** A module's panel on the page; `view` is null when it failed. */
export interface ShownPanel {
  readonly module: string;
  /** Message key. */
  readonly title: string;
  readonly view: PanelView | null;
}

/** The data of an account that staff see besides its facts. */
export interface ClientDetails extends Brief, CallFacts {
  readonly panels: readonly ShownPanel[];
  readonly entries: readonly HistoryLine[];
}

/** Collects the content of a client's page. */
@Injectable()
export class ClientPage {
  private readonly logger = new Logger('Staff');

  constructor(
    private readonly accounts: Accounts,
    private readonly brief: ClientBrief,
    private readonly call: ClientCall,
    private readonly history: History,
    private readonly modules: InstalledModules,
  ) {}

  /** Null when the viewer may see only the facts: the rest of a staff account is visible to administrators only. */
  async details(request: Request, { id, role }: ClientRecord): Promise<ClientDetails | null> {
    const viewer = currentAccount(request);
    if (role !== 'customer' && viewer.role !== 'admin' && viewer.id !== id) return null;
    const client = await this.accounts.byId(id);
    if (!client) return null;
    const panels: ShownPanel[] = [];
    for (const named of this.modules.staffPanels()) panels.push(await this.panel(request, named, id));
    const lines = await this.history.of(id, latest);
    return {
      ...(await this.brief.load(id)),
      ...(await this.call.load(request, client)),
      panels,
      entries: lines.filter(({ name }) => viewer.id !== id || !isForStaff(name)),
    };
  }

  /** A failing panel must not make the whole page fail, because the page is needed when something is broken. */
  private async panel(request: Request, { id, panel }: NamedPanel, accountId: string): Promise<ShownPanel> {
    const { title } = panel;
    try {
      return { module: id, title, view: await panel.show(request, accountId) };
    } catch (error) {
      // Without the database there is no page: the remaining panels would only wait for it again.
      if (isDatabaseUnavailable(error)) throw error;
      this.logger.error(`The panel of ${id}: ${errorTrace(error)}`);
      return { module: id, title, view: null };
    }
  }
}
