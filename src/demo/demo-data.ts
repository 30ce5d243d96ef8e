import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service.js';
import { Config } from '../config.js';
import { underLock } from '../database/lock.js';
import { demoAccounts } from './demo-accounts.js';
import { DemoContent } from './demo-content.js';

/** What came of it: the accounts, whose password is told this once and kept in `file`; or the sentence why there are none. */
export type DemoOutcome =
  | {
      readonly made: true;
      readonly emails: readonly string[];
      readonly password: string;
      readonly file: string;
    }
  | { readonly made: false; readonly because: string };

/** Something to look at on a first run. Never in production, never where a network can reach it. */
@Injectable()
export class DemoData {
  constructor(
    private readonly config: Config,
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly content: DemoContent,
  ) {}

  /** Makes the demo accounts where there is no account at all. One process at a time, under the migrations' lock. */
  createDemo(): Promise<DemoOutcome> {
    const because = this.refusal();
    if (because) return Promise.resolve({ made: false, because });
    return underLock(this.database, () => this.onFirstRun());
  }

  private refusal(): string | null {
    if (this.config.production) return 'There is no demo data in production.';
    if (isLoopback(this.config.host)) return null;
    return `Demo data is refused because HOST=${this.config.host} can be reached from a network.`;
  }

  private async onFirstRun(): Promise<DemoOutcome> {
    if (!(await this.accounts.isEmpty())) return { made: false, because: 'There are accounts already.' };
    const password = this.config.demoPassword ?? randomBytes(12).toString('base64url');
    // Before the accounts: should the process die between the two, nobody is left with a password that nobody knows.
    const file = await this.keep(password);
    await this.content.write(password);
    return { made: true, emails: demoAccounts.map(({ email }) => email), password, file };
  }

  private async keep(password: string): Promise<string> {
    const file = join(this.config.dataFolder, 'demo-accounts.txt');
    const lines = demoAccounts.map(({ email, role }) => `${email}  ${password}  (${role})\n`);
    await mkdir(this.config.dataFolder, { recursive: true, mode: 0o700 });
    await writeFile(file, lines.join(''), { mode: 0o600 });
    // The mode above counts for a new file only.
    await chmod(file, 0o600);
    return file;
  }
}

/** Does this address reach nobody but the machine itself? (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3) */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
