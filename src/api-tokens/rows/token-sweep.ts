import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { ApiTokenRow } from './api-token.entity.js';
import { TokenApprovalRow } from './token-approval.entity.js';

const hour = 3_600_000;
/** How long expired and revoked tokens are kept, for the list and for the reason in the log, in milliseconds. */
const tokensKept = 30 * 24 * hour;
/** How long approvals are kept after their end, for their page. */
const approvalsKept = 24 * hour;

/** Deletes tokens and approvals that ended long ago, so that the tables do not grow without limit. */
@Injectable()
export class TokenSweep {
  private readonly logger = new Logger('Tokens');

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Interval(hour)
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const { manager } = this.database;
    try {
      await manager.delete(TokenApprovalRow, { expiresAt: LessThan(now - approvalsKept) });
      await manager.delete(ApiTokenRow, { revokedAt: LessThan(now - tokensKept) });
      await manager.delete(ApiTokenRow, { expiresAt: LessThan(now - tokensKept) });
    } catch (error) {
      this.logger.warn(`Old tokens could not be deleted: ${String(error)}`);
    }
  }
}
