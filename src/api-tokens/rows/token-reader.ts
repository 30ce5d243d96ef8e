import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { type AccountLine, accountOf } from '../../accounts/account-line.js';
import { clientAddress } from '../../auth/common/client.js';
import { Clock } from '../../clock.js';
import { columnText, kept } from '../../database/column-text.js';
import type { TokenPrincipal } from '../bearer/bearer-request.js';
import type { TokenFault } from '../bearer/refused-tokens.js';
import { scopesOf } from '../bearer/scopes.js';
import { tokenHashOf } from '../bearer/token-format.js';

/** A row of `api_tokens` with its account, as the driver returns it: 64-bit numbers may be text. */
interface TokenLine extends AccountLine {
  readonly token_id: string;
  readonly token_name: string;
  readonly scopes: string;
  readonly expires_at: number | string;
  readonly revoked_at: number | string | null;
  readonly last_used_at: number | string | null;
}

const find = `SELECT t.id AS token_id, t.name AS token_name, t.scopes, t.expires_at, t.revoked_at, t.last_used_at,
    a.id, a.name, a.email, a.role, a.stamp, a.sessions_version, a.suspended_at, a.locale, a.time_zone
  FROM api_tokens t INNER JOIN accounts a ON a.id = t.account_id
  WHERE t.token_hash = :tokenHash`;

const used = `UPDATE api_tokens SET last_used_at = :now, last_used_address = :address
  WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :before)`;

/** Shortest interval between two updates of the last use, in milliseconds. */
const lastUsedEvery = 60_000;

/** Reads tokens with one statement a request. A revocation therefore takes effect with the next request, on every node. */
@Injectable()
export class TokenReader {
  private readonly logger = new Logger('Tokens');
  private readonly statements: Statements;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
  ) {
    this.statements = new Statements(database);
  }

  /** The program behind a valid token, whose use is noted; or why the token is not valid. */
  async read(token: string, request: Request): Promise<TokenPrincipal | TokenFault> {
    const [line] = await this.statements.query<TokenLine>(find, { tokenHash: tokenHashOf(token) });
    if (!line) return 'unknown';
    const fault = this.faultOf(line);
    if (fault !== null) return fault;
    await this.noteUse(line, request);
    const { token_id: id, token_name: name, scopes } = line;
    return { id, name, scopes: scopesOf(scopes), account: accountOf(line) };
  }

  private faultOf({ revoked_at, suspended_at, expires_at }: TokenLine): TokenFault | null {
    if (revoked_at !== null) return 'revoked';
    if (suspended_at !== null) return 'suspended';
    return Number(expires_at) <= this.clock.now() ? 'expired' : null;
  }

  private async noteUse({ token_id: id, last_used_at }: TokenLine, request: Request): Promise<void> {
    const now = this.clock.now();
    const before = now - lastUsedEvery;
    if (last_used_at !== null && Number(last_used_at) > before) return;
    const address = columnText(clientAddress(request), kept.address);
    await this.statements
      .execute(used, { id, now, before, address })
      .catch((error: unknown) => this.logger.warn(`The use of a token was not noted: ${String(error)}`));
  }
}
