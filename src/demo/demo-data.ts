import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service.js';
import { Config } from '../config.js';
import { underLock } from '../database/locks/lock.js';
import { demoAccounts } from './demo-accounts.js';
import { DemoContent } from './demo-content.js';

/** The result: the new accounts with their password; or a sentence that says why there are no new ones. */
export type DemoOutcome =
  | {
      readonly made: true;
      readonly emails: readonly string[];
      readonly password: string;
      readonly file: string;
    }
  | {
      readonly made: false;
      readonly because: string;
      /** The file of an earlier start; null: there is none. */
      readonly file: string | null;
    };

/** Demo data for a first start. It is never created in production, and never if the portal can be reached from a network. */
@Injectable()
export class DemoData {
  constructor(
    private readonly config: Config,
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly content: DemoContent,
  ) {}

  /** Creates the demo accounts if there is no account at all. The lock of the migrations admits one process at a time. */
  createDemo(): Promise<DemoOutcome> {
    const because = this.refusal();
    if (because) return Promise.resolve({ made: false, because, file: null });
    return underLock(this.database, () => this.onFirstRun());
  }

  private refusal(): string | null {
    if (this.config.production) return 'There is no demo data in production.';
    if (isLoopback(this.config.host)) return null;
    return `Demo data is refused because HOST=${this.config.host} can be reached from a network.`;
  }

  private async onFirstRun(): Promise<DemoOutcome> {
    if (!(await this.accounts.isEmpty()))
      return { made: false, because: 'There are accounts already.', file: this.earlierFile() };
    const password = this.config.demoPassword ?? randomBytes(12).toString('base64url');
    // Written before the accounts: if the process dies between the two steps, no account has an unknown password.
    const file = await this.keep(password);
    await this.content.write(password);
    return { made: true, emails: demoAccounts.map(({ email }) => email), password, file };
  }

  private get file(): string {
    return join(this.config.dataFolder, 'demo-accounts.txt');
  }

  private earlierFile(): string | null {
    return existsSync(this.file) ? this.file : null;
  }

  private async keep(password: string): Promise<string> {
    const { file } = this;
    const lines = demoAccounts.map(({ email, role }) => `${email}  ${password}  (${role})\n`);
    await mkdir(this.config.dataFolder, { recursive: true, mode: 0o700 });
    await writeFile(file, lines.join(''), { mode: 0o600 });
    // The mode above applies only to a new file.
    await chmod(file, 0o600);
    return file;
  }
}

/** Returns whether the address can be reached only from the machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
