import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { linkLife } from '../../auth/mailed-links/link-token.js';
import { Config } from '../../config.js';
import { PortalEvents } from '../../events/portal-events.js';
import { Mailer } from '../../mail/rendering/mailer.js';
import { actActor, actEvent, type ActOrder } from '../acts/act-order.js';

/** Mails a link that staff send, and records its event. */
@Injectable()
export class PasswordLinkMail {
  constructor(
    private readonly events: PortalEvents,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /** Runs in the transaction of the link. */
  async send(order: ActOrder, token: string, manager: EntityManager): Promise<void> {
    const { client: to, request } = order;
    const facts = { accountId: to.id, actor: actActor(order), data: actEvent(order) };
    const { id, at } = await this.events.record('password.reset-requested', facts, request, manager);
    const link = `${this.config.publicUrl}/password/reset/${token}`;
    const mail = { id, to, view: 'mail/password-link', model: { link, at }, until: at + linkLife };
    await this.mailer.send(mail, manager);
  }
}
