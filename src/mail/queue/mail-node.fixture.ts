import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { FixedClock } from '../../../test/support/portal/fixed-clock.js';
import type { Config } from '../../config.js';
import { AfterCommit } from 'typeorm-unit-of-work';
import { LetterBox } from './letter-box.js';
import type { Letter } from '../letters/letter.js';
import type { LetterWriter } from '../letters/letter-writer.js';
import { MailDelivery } from './mail-delivery.js';
import { MailIntake } from './mail-intake.js';
import { MailPace } from './mail-pace.js';
import { MailQueue } from './mail-queue.js';
import { MailRows } from './mail-rows.js';
import { MailRefused, MailTransport, type Parcel } from '../transport/mail-transport.js';
import type { Mail } from '../letters/mailer.js';

/** A notice to Ann, or to somebody else. */
export function notice(id: string, email = 'ann@example.com'): Mail {
  return { id, to: { name: 'Ann', email }, view: 'mail/hello', model: {} };
}

/** A mail server that does as the test says. */
class Postman extends MailTransport {
  readonly delivered: Parcel[] = [];
  readonly rehearsed: Parcel[] = [];
  mood: 'takes' | 'is away' | 'refuses' | 'hangs' = 'takes';
  tries = 0;
  isClosed = false;
  private hanging: ((error: Error) => void) | undefined;
  private seen: (() => void) | undefined;

  async deliver(parcel: Parcel): Promise<void> {
    this.tries += 1;
    if (this.mood === 'is away') throw new Error('connect ECONNREFUSED\r\n\u001b[31m');
    if (this.mood === 'refuses') throw new MailRefused('550 no such mailbox');
    if (this.mood === 'hangs') return this.hang();
    this.delivered.push(parcel);
  }

  rehearse(parcel: Parcel): Promise<void> {
    this.rehearsed.push(parcel);
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
    this.hanging?.(new Error('closed'));
  }

  /** Resolves when a delivery hangs; the answer ends it with an error. */
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

/** One process of the portal, as far as mail goes. */
export class MailNode {
  readonly postman = new Postman();
  readonly delivery: MailDelivery;
  readonly mailer: MailQueue;

  constructor(database: DataSource, clock: FixedClock, sessionSecret = 'the secret of all nodes') {
    const box = new LetterBox({ sessionSecret } as Config);
    this.delivery = new MailDelivery(new MailRows(database, clock), box, this.postman, clock);
    const commits = new AfterCommit(database);
    const intake = new MailIntake(clock, new MailPace(clock), box);
    this.mailer = new MailQueue(database, writer, intake, commits, this.delivery);
  }

  get delivered(): readonly Parcel[] {
    return this.postman.delivered;
  }

  set mailServer(mood: Postman['mood']) {
    this.postman.mood = mood;
  }

  hangs(): Promise<(error: Error) => void> {
    return this.postman.hangs();
  }

  /** One sweep, and whatever it began. */
  async sweeps(): Promise<void> {
    await this.delivery.sweep();
    await this.delivery.settled();
  }
}

const writer = {
  write({ to, view }: Mail): Letter {
    if (view === 'mail/missing') throw new Error('There is no view mail/missing.');
    // Nothing makes random words shorter.
    const text = view === 'mail/endless' ? randomBytes(60_000).toString('base64') : 'Hello';
    return { to: { name: to.name, address: to.email }, subject: 'Hello', text, html: '<p>Hello' };
  },
} as LetterWriter;
