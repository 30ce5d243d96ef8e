import { Injectable } from '@nestjs/common';
import { Mailer, type Account, type Notice } from 'nestjs-two-factor';
import { Accounts } from '../../accounts/accounts.service.js';
import { Administrators } from '../../accounts/administrators.js';
import { Config } from '../../config.js';
import { type Addressee, Mailer as PortalMailer } from '../../mail/rendering/mailer.js';
import { browserName } from '../../pages/texts/browser-name.js';
import { gateId } from '../gate-id.js';

/** The template for an owner with damaged factor data. */
const damageTemplate = 'alarm';

/** Maximum number of administrators that get mail about a damaged account. */
const mostTold = 20;

/** Adapter: sends the module's notifications by the portal's mail. */
@Injectable()
export class PortalNotices extends Mailer {
  constructor(
    private readonly mailer: PortalMailer,
    private readonly config: Config,
    private readonly accounts: Accounts,
    private readonly administrators: Administrators,
  ) {
    super();
  }

  async send(to: Account, notice: Notice): Promise<void> {
    const { id, template, model, until } = notice;
    const { locale = null, timeZone = null } = (await this.accounts.byId(to.id)) ?? {};
    const agent = typeof model['userAgent'] === 'string' ? model['userAgent'] : null;
    const facts = { browser: browserName(agent), security: `${this.config.publicUrl}/account/security` };
    await this.mailer.send({
      id,
      to: { name: to.label, email: to.email, locale, timeZone },
      view: `modules/${gateId}/mail/${template}`,
      model: { ...model, ...facts },
      ...(until !== undefined && { until }),
    });
    if (template === damageTemplate) await this.tellStaff(to, notice);
  }

  /** Only staff can help such an owner. Each address gets one mail for each notification. */
  private async tellStaff({ id: accountId, label, email }: Account, { id, model }: Notice): Promise<void> {
    const view = 'mail/account-damaged';
    const facts = { ...model, accountId, account: `${label} (${email})` };
    for (const [place, to] of (await this.staff()).entries())
      await this.mailer.send({ id: `${id}.staff-${place}`, to, view, model: facts });
  }

  /** The provider's own address, else the administrators. */
  private async staff(): Promise<readonly Addressee[]> {
    const { supportEmail, portalName } = this.config;
    if (supportEmail !== null) return [{ name: portalName, email: supportEmail }];
    return this.administrators.list(mostTold);
  }
}
