import { insert, insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import { areIds, isId } from '../../../core/contracts/stores/ids.js';
import {
  LockDownStore,
  type LockDown,
  type StopFacts,
  type StopLink,
} from '../../../core/contracts/stores/lock-down.store.js';
import { longest } from '../../schema/column-types.js';

const links: Table = {
  name: 'two_factor_stop_links',
  columns: ['id', 'account_id', 'event', 'event_name', 'recipient', 'facts', 'created_at', 'expires_at'],
  maxLengths: {
    id: longest.id,
    account_id: longest.id,
    event: longest.id,
    event_name: longest.name,
    recipient: longest.id,
  },
};

const lockDowns: Table = {
  name: 'two_factor_lock_downs',
  columns: ['id', 'account_id', 'event_name', 'recipient', 'created_at', 'released_at'],
  maxLengths: { id: longest.id, account_id: longest.id, event_name: longest.name, recipient: longest.id },
};

interface LinkLine {
  readonly id: string;
  readonly account_id: string;
  readonly event: string;
  readonly event_name: string;
  readonly recipient: string;
  readonly facts: string;
  readonly created_at: string | number;
  readonly expires_at: string | number;
}

interface LockDownLine {
  readonly id: string;
  readonly account_id: string;
  readonly event_name: string;
  readonly recipient: string;
  readonly created_at: string | number;
  readonly released_at: string | number | null;
}

/** Stop links and lock-downs in the tables `two_factor_stop_links` and `two_factor_lock_downs`. */
export class TypeOrmLockDownStore extends LockDownStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async addLink(link: StopLink): Promise<void> {
    await insert(this.statements, links, {
      id: link.id,
      account_id: link.accountId,
      event: link.event,
      event_name: link.eventName,
      recipient: link.recipient,
      facts: JSON.stringify(link.facts),
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    });
  }

  async findLink(id: string, now: number): Promise<StopLink | null> {
    if (!isId(id)) return null;
    const [line] = await this.statements.query<LinkLine>(
      `SELECT id, account_id, event, event_name, recipient, facts, created_at, expires_at
       FROM two_factor_stop_links WHERE id = :id AND expires_at > :now`,
      { id, now },
    );
    return line ? linkOf(line) : null;
  }

  async lock(lockDown: LockDown): Promise<boolean> {
    const row = {
      id: lockDown.id,
      account_id: lockDown.accountId,
      event_name: lockDown.eventName,
      recipient: lockDown.recipient,
      created_at: lockDown.createdAt,
      released_at: lockDown.releasedAt,
    };
    return (await insertIgnore(this.statements, lockDowns, [row])) === 1;
  }

  async list(accountId: string): Promise<readonly LockDown[]> {
    if (!isId(accountId)) return [];
    const lines = await this.statements.query<LockDownLine>(
      `SELECT id, account_id, event_name, recipient, created_at, released_at
       FROM two_factor_lock_downs WHERE account_id = :accountId ORDER BY created_at DESC, id DESC`,
      { accountId },
    );
    return lines.map(lockDownOf);
  }

  async release({ id, accountId }: Pick<LockDown, 'id' | 'accountId'>, at: number): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_lock_downs SET released_at = :at
       WHERE id = :id AND account_id = :accountId AND released_at IS NULL`,
      { id, accountId, at },
    );
  }

  async discard(accountId: string): Promise<void> {
    if (!isId(accountId)) return;
    for (const table of ['two_factor_stop_links', 'two_factor_lock_downs'])
      await this.statements.execute(`DELETE FROM ${table} WHERE account_id = :accountId`, { accountId });
  }

  async sweep(now: number, older: number): Promise<void> {
    await this.statements.execute('DELETE FROM two_factor_stop_links WHERE expires_at < :now', { now });
    await this.statements.execute(
      'DELETE FROM two_factor_lock_downs WHERE released_at IS NOT NULL AND created_at < :older',
      { older },
    );
  }
}

function linkOf(line: LinkLine): StopLink {
  const { id, event, recipient } = line;
  return {
    ...{ id, event, recipient },
    accountId: line.account_id,
    eventName: line.event_name,
    facts: JSON.parse(line.facts) as StopFacts,
    createdAt: Number(line.created_at),
    expiresAt: Number(line.expires_at),
  };
}

function lockDownOf(line: LockDownLine): LockDown {
  const { id, recipient, released_at: released } = line;
  return {
    ...{ id, recipient },
    accountId: line.account_id,
    eventName: line.event_name,
    createdAt: Number(line.created_at),
    releasedAt: released === null ? null : Number(released),
  };
}
