import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '../../config.js';
import type { MailJob } from './mail-transport.js';

/** The mail in nodemailer's format. The Message-ID depends only on the id, so that copies can be recognised. */
export function messageOf({ id, letter, writtenAt }: MailJob, config: Config): SendMailOptions {
  return {
    to: letter.to,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    from: config.mailFrom,
    date: new Date(writtenAt),
    messageId: `<${fingerprint(id)}@${new URL(config.publicUrl).hostname}>`,
    // Prevents vacation replies and bounces to a shared mailbox (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Ids are usually UUIDs and stay readable. Any other id could be a path or too long, so its hash is used. */
export function plainId(id: string): string {
  return /^[\w-]{1,64}$/.test(id) ? id : fingerprint(id);
}

function fingerprint(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
}
