import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import type { Letter } from './letter.js';
import { LetterWriter } from './letter-writer.js';
import { type Mail, Mailer } from './mailer.js';

/** Keeps each mail as one `.eml` file in `PORTAL_DATA/outbox`, named by its id: a mail asked for twice is one file. */
@Injectable()
export class OutboxMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly writer: LetterWriter,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await this.keep(fileName(mail.id), await this.compose(mail.id, this.writer.write(mail)));
  }

  private async compose(id: string, letter: Letter): Promise<Buffer> {
    const { message } = await this.transport.sendMail({
      ...letter,
      from: this.config.mailFrom,
      date: new Date(this.clock.now()),
      messageId: `<${fingerprint(id)}@${new URL(this.config.publicUrl).hostname}>`,
      // No vacation notes, no bounces into a shared mailbox (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    if (!Buffer.isBuffer(message)) throw new Error('The mail was not written as one piece.');
    return message;
  }

  /** Written aside, forced to the disk, then linked: the name appears with the whole content, and for one writer only. */
  private async keep(name: string, content: Buffer): Promise<void> {
    const folder = join(this.config.dataFolder, 'outbox');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${randomUUID()}.draft`);
    try {
      await writeDurably(draft, content);
      await link(draft, join(folder, name)).catch(ignoreExisting);
    } finally {
      await rm(draft, { force: true });
    }
  }
}

/** Ids are usually UUIDs and stay readable; anything else could be a path and is replaced by its hash. */
function fileName(id: string): string {
  return `${/^[\w-]{1,100}$/.test(id) ? id : fingerprint(id)}.eml`;
}

function fingerprint(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
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

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
