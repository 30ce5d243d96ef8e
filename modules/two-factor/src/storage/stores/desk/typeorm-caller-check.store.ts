import { insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import {
  CallerCheckStore,
  type CallerCheck,
  type CallerCheckAnswer,
  type CallerCheckState,
} from '../../../core/contracts/stores/desk/caller-check.store.js';
import { areIds } from '../../../core/contracts/stores/ids.js';
import { longest } from '../../schema/column-types.js';
import { refuseLongTexts } from './long-texts.js';

const checks: Table = {
  name: 'two_factor_caller_checks',
  columns: [
    ...['account_id', 'agent_id', 'id', 'agent_name', 'words', 'state', 'proof'],
    ...['created_at', 'expires_at'],
  ],
  maxLengths: {
    ...{ account_id: longest.id, agent_id: longest.id, id: longest.id },
    ...{ agent_name: longest.text, words: longest.text, state: longest.name, proof: longest.name },
  },
};

interface CheckLine {
  readonly account_id: string;
  readonly agent_id: string;
  readonly id: string;
  readonly agent_name: string;
  readonly words: string;
  readonly state: CallerCheckState;
  readonly proof: string;
  readonly created_at: string | number;
  readonly expires_at: string | number;
}

/** Caller checks in the table `two_factor_caller_checks`. */
export class TypeOrmCallerCheckStore extends CallerCheckStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async start(check: CallerCheck): Promise<void> {
    const row: Readonly<Record<string, string | number>> = {
      account_id: check.accountId,
      agent_id: check.agentId,
      id: check.id,
      agent_name: check.agentName,
      words: check.words,
      state: check.state,
      proof: check.proof,
      created_at: check.createdAt,
      expires_at: check.expiresAt,
    };
    refuseLongTexts(checks, row);
    if (await this.replace(row)) return;
    // Another request may have stored the agent's first one in between.
    if ((await insertIgnore(this.statements, checks, [row])) === 0) await this.replace(row);
  }

  async list(accountId: string): Promise<readonly CallerCheck[]> {
    if (!areIds(accountId)) return [];
    const lines = await this.statements.query<CheckLine>(
      `SELECT account_id, agent_id, id, agent_name, words, state, proof, created_at, expires_at
       FROM two_factor_caller_checks WHERE account_id = :accountId ORDER BY created_at DESC, id DESC`,
      { accountId },
    );
    return lines.map(checkOf);
  }

  async answer(
    { id, accountId }: Pick<CallerCheck, 'id' | 'accountId'>,
    { state, proof, expiresAt }: CallerCheckAnswer,
    now: number,
  ): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    return this.statements.executeOne(
      `UPDATE two_factor_caller_checks SET state = :state, proof = :proof, expires_at = :expiresAt
       WHERE account_id = :accountId AND id = :id AND state = 'open' AND expires_at > :now`,
      { id, accountId, state, proof, expiresAt, now },
    );
  }

  async discard(accountId: string): Promise<void> {
    if (!areIds(accountId)) return;
    await this.statements.execute('DELETE FROM two_factor_caller_checks WHERE account_id = :accountId', {
      accountId,
    });
  }

  async sweep(now: number): Promise<void> {
    await this.statements.execute('DELETE FROM two_factor_caller_checks WHERE expires_at < :now', { now });
  }

  private replace(row: Readonly<Record<string, string | number>>): Promise<boolean> {
    return this.statements.executeOne(
      `UPDATE two_factor_caller_checks SET id = :id, agent_name = :agent_name, words = :words, state = :state,
         proof = :proof, created_at = :created_at, expires_at = :expires_at
       WHERE account_id = :account_id AND agent_id = :agent_id`,
      row,
    );
  }
}

function checkOf(line: CheckLine): CallerCheck {
  const { id, words, state, proof } = line;
  return {
    ...{ id, words, state, proof },
    accountId: line.account_id,
    agentId: line.agent_id,
    agentName: line.agent_name,
    createdAt: Number(line.created_at),
    expiresAt: Number(line.expires_at),
  };
}
