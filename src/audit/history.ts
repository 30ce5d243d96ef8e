import { Injectable } from '@nestjs/common';
import { InstalledModules } from '../portal/modules/modules.js';
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

  /** The latest lines, newest first; only of the named events, if names are given. */
  async of(accountId: string, length: number, names?: readonly string[]): Promise<HistoryLine[]> {
    const entries = await this.audit.listOf(accountId, length * entriesOfALine, names);
    return historyLines(entries, this.modules.signInEvents()).slice(0, length);
  }
}
