import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { FixedClock } from '../../../test/support/portal/fixed-clock.js';
import type { Config } from '../../config.js';
import { AfterCommit } from 'typeorm-unit-of-work';
import { MailCipher } from './mail-cipher.js';
import type { RenderedMail } from '../rendering/rendered-mail.js';
import type { MailRenderer } from '../rendering/mail-renderer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailEnqueuer } from './mail-enqueuer.js';
import { MailRateLimit } from './mail-rate-limit.js';
import { MailQueue } from './mail-queue.js';
import { MailRepository } from './mail-repository.js';
import { MailRejectedError, MailTransport, type MailJob } from '../transport/mail-transport.js';
import type { Mail } from '../rendering/mailer.js';

/** A notification to Ann, or to another address. */
export function notice(id: string, email = 'ann@example.com'): Mail {
  return { id, to: { name: 'Ann', email }, view: 'mail/hello', model: {} };
}

/** A mail server that the test controls. */
class Postman extends MailTransport {
  readonly delivered: MailJob[] = [];
  readonly rehearsed: MailJob[] = [];
  mood: 'takes' | 'is away' | 'refuses' | 'hangs' = 'takes';
  tries = 0;
  isClosed = false;
  private hanging: ((error: Error) => void) | undefined;
  private seen: (() => void) | undefined;

  async deliver(job: MailJob): Promise<void> {
    this.tries += 1;
    if (this.mood === 'is away') throw new Error('connect ECONNREFUSED\r\n\u001b[31m');
    if (this.mood === 'refuses') throw new MailRejectedError('550 no such mailbox');
    if (this.mood === 'hangs') return this.hang();
    this.delivered.push(job);
  }

  rehearse(job: MailJob): Promise<void> {
    this.rehearsed.push(job);
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
    this.hanging?.(new Error('closed'));
  }

  /** Resolves when a delivery hangs; calling the result ends it with an error. */
  async hangs(): Promise<(error: Error) => void> {
    while (!this.hanging) await new Promise<void>((seen) => (this.seen = seen));
    return this.hanging;
  }

  private hang(): Promise<void> {
    return new Promise((_done, fail) => {
      this.hanging = fail;
      this.seen?.();
    });
  }
}

/** One process of the portal, reduced to its mail. */
export class MailNode {
  readonly postman = new Postman();
  readonly delivery: MailDelivery;
  readonly mailer: MailQueue;

  constructor(database: DataSource, clock: FixedClock, sessionSecret = 'the secret of all nodes') {
    const box = new MailCipher({ sessionSecret } as Config);
    this.delivery = new MailDelivery(new MailRepository(database, clock), box, this.postman, clock);
    const commits = new AfterCommit(database);
    const intake = new MailEnqueuer(clock, new MailRateLimit(clock), box);
    this.mailer = new MailQueue(database, writer, intake, commits, this.delivery);
  }

  get delivered(): readonly MailJob[] {
    return this.postman.delivered;
  }

  set mailServer(mood: Postman['mood']) {
    this.postman.mood = mood;
  }

  hangs(): Promise<(error: Error) => void> {
    return this.postman.hangs();
  }

  /** Runs one sweep and everything it starts. */
  async sweeps(): Promise<void> {
    await this.delivery.sweep();
    await this.delivery.settled();
  }
}

const writer = {
  render({ to, view }: Mail): RenderedMail {
    if (view === 'mail/missing') throw new Error('There is no view mail/missing.');
    // Random words cannot be compressed.
    const text = view === 'mail/endless' ? randomBytes(60_000).toString('base64') : 'Hello';
    return { to: { name: to.name, address: to.email }, subject: 'Hello', text, html: '<p>Hello' };
  },
} as MailRenderer;
