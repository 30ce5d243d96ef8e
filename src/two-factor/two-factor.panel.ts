import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor, type TwoFactorStatus } from 'nestjs-two-factor';
import { Audit } from '../audit/audit.service.js';
import { factorOf } from '../audit/history-lines.js';
import { AccountPasswordWaits } from '../auth/password/attempts/account-password-waits.js';
import { Pages } from '../pages/pages.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { PanelView, StaffPanel } from '../portal/modules/portal-module.js';
import { toIsoDates } from '../portal/to-iso-dates.js';
import { twoFactorEventNames } from './event-names.js';
import { gateId } from './gate-id.js';

/** Number of events in the panel. */
const latest = 5;

/** The two-factor state of a client, for staff. It is read-only and shows no secret. */
@Injectable()
export class TwoFactorPanel implements StaffPanel {
  readonly title = 'security.two-factor';

  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly audit: Audit,
    private readonly pages: Pages,
    private readonly waits: AccountPasswordWaits,
    private readonly modules: InstalledModules,
  ) {}

  async show(request: Request, accountId: string): Promise<PanelView> {
    const status = await this.twoFactor.status(accountId);
    const enabledAt = status.enabled ? await this.enabledAt(accountId) : null;
    const devices = await this.twoFactor.devices(accountId);
    const passwords = await this.waits.of(accountId);
    const entries = await this.audit.listOf(accountId, latest, twoFactorEventNames(this.modules));
    const recovery = await this.twoFactor.recovery.ofAccount({ accountId });
    const { factors: checkUps, lockedOut } = await this.twoFactor.checkUp.read({ accountId });
    const events = entries.map((entry) => ({ ...factorOf(entry), name: entry.name, at: entry.at }));
    return {
      html: this.pages.part(request, `modules/${gateId}/staff/panel`, {
        ...status,
        ...{ enabledAt, devices, events, passwords, lockedOut, checkUps: checkUps.filter(isDoubtful) },
        recovery: recovery && { ...recovery, href: `/staff/recovery/${recovery.id}` },
      }),
      json: {
        ...status.left,
        ...toIsoDates({ enabledAt }),
        ...(status.brake && { brake: brakeJson(status.brake) }),
        ...(status.frozen && { frozen: true }),
        enabled: status.enabled,
        mustEnroll: status.mustEnroll,
        oneTimeCodeUntil: isoOrNull(status.oneTimeCodeUntil),
        damaged: status.damaged,
        lockDown: status.lockDown && toIsoAt(status.lockDown),
        factors: status.factors.map(toIsoDates),
        devices: devices.map(({ id: _, ...device }) => toIsoDates(device)),
        wait: withIsoEnd(status.wait),
        passwords: passwords.map(withIsoEnd),
        lockedOutToday: lockedOut,
        checkUps: checkUps.map(({ factorId, kind, label, state }) => ({ id: factorId, kind, label, state })),
        recovery: recovery && { id: recovery.id, state: recovery.state },
        events: events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
      },
    };
  }

  /** When it was turned on last, UTC ms; null where the audit log does not know. */
  private async enabledAt(accountId: string): Promise<number | null> {
    const [entry] = await this.audit.listOf(accountId, 1, ['two-factor.enabled']);
    return entry?.at ?? null;
  }
}

function toIsoAt({ at, event }: { readonly at: number; readonly event: string }): object {
  return { at: new Date(at).toISOString(), event };
}

function brakeJson({ cause, startedAt, until }: NonNullable<TwoFactorStatus['brake']>): object {
  return { cause, startedAt: new Date(startedAt).toISOString(), until: new Date(until).toISOString() };
}

/** Whether staff should hear about it: the factor is not known to work. */
function isDoubtful({ state }: { readonly state: string }): boolean {
  return state !== 'works';
}

function withIsoEnd(wait: { readonly until: number | null }): object {
  return { ...wait, until: isoOrNull(wait.until) };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
