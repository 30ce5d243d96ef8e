import { Injectable } from '@nestjs/common';
import { InstalledModules } from '../portal/modules/modules.js';
import type { AuditEntryRow } from './audit-entry.entity.js';
import { Audit } from './audit.service.js';
import { type HistoryLine, historyLines } from './history-lines.js';

/** The most entries that one line can stand for: password, factor, recovery code, session. */
const entriesOfALine = 4;

/** The history of an account as people see it: one line for a sign-in. The audit log keeps every event. */
@Injectable()
export class History {
  constructor(
    private readonly audit: Audit,
    private readonly modules: InstalledModules,
  ) {}

  /** The latest lines, newest first. */
  async of(accountId: string, length: number): Promise<HistoryLine[]> {
    const entries = await this.audit.listOf(accountId, length * entriesOfALine);
    return this.lines(entries, length);
  }

  /** The latest lines of the named events, as the owner sees them. What staff ask each other to approve is not for the owner. */
  async ofOwner(accountId: string, length: number, names: readonly string[]): Promise<HistoryLine[]> {
    const entries = await this.audit.listOf(accountId, length * entriesOfALine, names);
    return this.lines(
      entries.filter((entry) => !isAmongStaff(entry)),
      length,
    );
  }

  private lines(entries: readonly AuditEntryRow[], length: number): HistoryLine[] {
    return historyLines(entries, this.modules.signInEvents()).slice(0, length);
  }
}

function isAmongStaff({ name, actorType }: AuditEntryRow): boolean {
  return name.startsWith('approval.') && actorType === 'staff';
}
