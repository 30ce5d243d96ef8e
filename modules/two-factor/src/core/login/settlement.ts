import { Injectable } from '@nestjs/common';
import type { Accepted } from '../verification/acceptance.js';
import { Devices, type DeviceToken } from '../devices/devices.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { Held } from './held-logins.js';
import { Policy } from './policy.js';
import { Clock } from '../contracts/ports/clock.js';
import { StepUps } from '../step-up/step-ups.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { Tell } from '../outbox/units.js';

/** What else belongs in the unit that accepts an answer to a held login. */
@Injectable()
export class Settlement {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stepUps: StepUps,
    private readonly devices: Devices,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  /** Uses the held login up; false when it is no more. */
  async settle(held: Held, stores: Stores, tell: Tell, { kind }: Accepted): Promise<boolean> {
    if (!(await stores.tokens.consume(held.ref, this.clock.now()))) return false;
    if (this.registry.recovery(kind)) await this.stepUps.grant(stores, 'replace', held);
    tell('two-factor.challenge.passed', { kind });
    return true;
  }

  /** Has the browser trusted where that is offered; a recovery factor, for the day something was lost, trusts none. */
  async trust(
    held: Held,
    stores: Stores,
    tell: Tell,
    { kind, agent }: { readonly kind: string; readonly agent: string | null },
  ): Promise<DeviceToken | undefined> {
    const days = this.policy.trustedFor(held.account);
    if (days === null || !this.registry.primary(kind)) return undefined;
    return this.devices.trust(stores, tell, held, { days, agent });
  }
}
