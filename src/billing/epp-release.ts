import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import { actorOf } from '../auth/common/actor.js';
import { PortalEvents } from '../events/portal-events.js';
import { EppCodes } from './epp-codes.js';
import type { Service } from './services/service.js';
import { Services } from './services/services.service.js';

/** A domain with its code in clear text. */
export interface Released {
  readonly service: Service;
  readonly eppCode: string;
}

/** Shows EPP codes and records each time. After the loss of a domain, its owner can see when and where its code was shown. */
@Injectable()
export class EppRelease {
  constructor(
    private readonly services: Services,
    private readonly eppCodes: EppCodes,
    private readonly events: PortalEvents,
  ) {}

  /**
   * The code of a domain of the signed-in person; null when they have no such domain, or it has no code. If the event cannot be
   * recorded, the code is not shown.
   */
  async release(request: Request, id: string): Promise<Released | null> {
    const account = currentAccount(request);
    const service = await this.services.find(account.id, id);
    const eppCode = service && (await this.eppCodes.open(account.id, id));
    if (!service || eppCode === null) return null;
    const data = { serviceId: service.id, domain: service.label };
    const facts = { accountId: account.id, actor: actorOf(account), data };
    await this.events.record('epp-code.shown', facts, request);
    return { service, eppCode };
  }
}
