import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Actor } from '../../events/portal-event.js';
import { PortalEvents } from '../../events/portal-events.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { Statements } from 'typeorm-unit-of-work';
import { GateMarkRow } from './gate-mark.entity.js';

/** How one gate stands. */
export interface GateState {
  /** The module's id. */
  readonly gate: string;
  /** Is there a module to pass it? */
  readonly installed: boolean;
  /** How many accounts must pass it; while it is not installed, none of them can sign in. */
  readonly raised: number;
}

/** Who lowers a gate, and why. */
export interface Lowering {
  readonly reason: string;
  readonly actor: Actor;
}

/** How many accounts are looked up at once. */
const batch = 100;

/** The raised gates as operators see them, and what they do to them. */
@Injectable()
export class GateLedger {
  constructor(
    private readonly database: DataSource,
    private readonly units: UnitOfWork,
    private readonly events: PortalEvents,
    private readonly modules: InstalledModules,
  ) {}

  /** Every gate that is installed or was ever raised, by name. */
  async states(): Promise<GateState[]> {
    const counts = await new Statements(this.database).query<{ gate: string; raised: number | string }>(
      'SELECT gate, SUM(raised) AS raised FROM account_gates GROUP BY gate',
      {},
    );
    const raised = new Map(counts.map((each) => [each.gate, Number(each.raised)]));
    const installed = this.modules.list.filter(({ gate }) => gate).map(({ id }) => id);
    const gates = [...new Set([...installed, ...raised.keys()])].sort();
    return gates.map((gate) => ({
      gate,
      installed: installed.includes(gate),
      raised: raised.get(gate) ?? 0,
    }));
  }

  /**
   * The account need not pass this gate any more, told in the same unit. False: it was not raised, nothing happens.
   * The mark keeps its version: what protects the account anew raises it again.
   */
  lower(accountId: string, gate: string, { reason, actor }: Lowering): Promise<boolean> {
    return this.units.run(async (manager) => {
      const lowered = await manager.update(GateMarkRow, { accountId, gate, raised: 1 }, { raised: 0 });
      if (lowered.affected !== 1) return false;
      await this.events.record('gate.lowered', { accountId, actor, data: { gate, reason } }, null, manager);
      return true;
    });
  }

  /** The same for every account, each in a unit of its own. Answers how many; stopped midway, it can be done again. */
  async lowerAll(gate: string, lowering: Lowering): Promise<number> {
    let lowered = 0;
    let after = '';
    for (;;) {
      const ids = await this.raisedBehind(gate, after);
      for (const id of ids) if (await this.lower(id, gate, lowering)) lowered += 1;
      after = ids.at(-1) ?? '';
      if (ids.length < batch) return lowered;
    }
  }

  private async raisedBehind(gate: string, after: string): Promise<string[]> {
    const rows = await this.database.manager.find(GateMarkRow, {
      select: { accountId: true },
      where: { gate, raised: 1, accountId: MoreThan(after) },
      order: { accountId: 'ASC' },
      take: batch,
    });
    return rows.map(({ accountId }) => accountId);
  }
}
