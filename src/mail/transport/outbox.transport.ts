import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config.js';
import { errorCode } from '../../error-facts.js';
import { MailTransport, type MailJob } from './mail-transport.js';
import { messageOf, plainId } from './message.js';

/** Stores each mail as one `.eml` file in `PORTAL_DATA/outbox`, named by its id. A mail that is delivered twice is one file. */
export class OutboxTransport extends MailTransport {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(private readonly config: Config) {
    super();
  }

  async deliver(job: MailJob): Promise<void> {
    await this.keep(await this.composed(job), `${plainId(job.id)}.eml`);
  }

  /** Writes the file, but gives it no name. */
  async rehearse(job: MailJob): Promise<void> {
    await this.keep(await this.composed(job), null);
  }

  private async composed(job: MailJob): Promise<Buffer> {
    const { message } = await this.composer.sendMail(messageOf(job, this.config));
    if (!Buffer.isBuffer(message)) throw new Error('The mail was not written as one piece.');
    return message;
  }

  close(): void {
    this.composer.close();
  }

  /** Writes a temporary file, syncs it to disk and links it. The name appears with the whole content, and for one writer only. */
  private async keep(content: Buffer, name: string | null): Promise<void> {
    const folder = join(this.config.dataFolder, 'outbox');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${randomUUID()}.draft`);
    try {
      await writeDurably(draft, content);
      if (name !== null) await link(draft, join(folder, name)).catch(ignoreExisting);
    } finally {
      await rm(draft, { force: true });
    }
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}
