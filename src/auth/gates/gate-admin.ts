import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import type { Actor } from '../../events/portal-event.js';
import { PortalEvents } from '../../events/portal-events.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { Statements, transaction } from 'typeorm-unit-of-work';
import { GateFlagRow } from './gate-flag.entity.js';

/** The state of one gate. */
export interface GateState {
  /** The module's id. */
  readonly gate: string;
  /** Whether a module that provides the gate is installed. */
  readonly installed: boolean;
  /** Number of accounts that must pass it. While it is not installed, none of them can sign in. */
  readonly raised: number;
}

/** The actor who clears a gate, and the reason. */
export interface Lowering {
  readonly reason: string;
  readonly actor: Actor;
}

/** Number of accounts that are loaded at once. */
const batch = 100;

/** Lets operators list the required gates and clear them. */
@Injectable()
export class GateAdmin {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly modules: InstalledModules,
  ) {}

  /** Every gate that is installed or was ever required, ordered by name. */
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
   * Clears the account's flag for this gate and records an event in the same transaction. Returns false when the flag was not
   * set. The flag keeps its version, so a later protection of the account sets it again.
   */
  clear(accountId: string, gate: string, { reason, actor }: Lowering): Promise<boolean> {
    return transaction(this.database, async (manager) => {
      const lowered = await manager.update(GateFlagRow, { accountId, gate, raised: 1 }, { raised: 0 });
      if (lowered.affected !== 1) return false;
      await this.events.record('gate.lowered', { accountId, actor, data: { gate, reason } }, null, manager);
      return true;
    });
  }

  /**
   * Clears the flag of every account, each in its own transaction. Returns their number. After an interruption it can be
   * repeated.
   */
  async clearAll(gate: string, lowering: Lowering): Promise<number> {
    let lowered = 0;
    let after = '';
    for (;;) {
      const ids = await this.raisedBehind(gate, after);
      for (const id of ids) if (await this.clear(id, gate, lowering)) lowered += 1;
      after = ids.at(-1) ?? '';
      if (ids.length < batch) return lowered;
    }
  }

  private async raisedBehind(gate: string, after: string): Promise<string[]> {
    const rows = await this.database.manager.find(GateFlagRow, {
      select: { accountId: true },
      where: { gate, raised: 1, accountId: MoreThan(after) },
      order: { accountId: 'ASC' },
      take: batch,
    });
    return rows.map(({ accountId }) => accountId);
  }
}
