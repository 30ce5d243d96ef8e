import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { Problem, TwoFactor } from 'nestjs-two-factor';
import type { Account } from '../../accounts/account.js';
import { CredentialChanges } from '../../accounts/credential-changes.service.js';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { actActor, type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { ActRefused, whileSuspended } from '../../staff/acts/act-refused.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import { ActForm } from '../../staff/acts/act.form.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';
import { gateId } from '../gate-id.js';

/** How long a reset waits after a change of e-mail address or password, unless two agents agree; the module's own rule. */
const afterChange = 24 * 3_600_000;

type Mode = Parameters<TwoFactor['reset']>[1]['mode'];
type Code = NonNullable<Awaited<ReturnType<TwoFactor['reset']>>['oneTimeCode']>;

/** The modes, the mildest first. */
const modes: readonly Mode[] = ['one-time-code', 're-enrol', 'disable'];

/** The form of a reset. */
class ResetClientForm extends ActForm {
  @IsIn(modes, { message: 'staff-acts.mode-needed' })
  mode: Mode;
}

/** Resets the two-factor of a client who lost the phone: a code for one sign-in, a new set-up, or turning it off. */
@Injectable()
export class ResetAct implements ModuleAct, OnModuleInit {
  readonly name = 'two-factor.reset';
  readonly path = 'two-factor/reset';
  readonly role = 'support';
  readonly limited = true;
  readonly form = ResetClientForm;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly twoFactor: TwoFactor,
    private readonly changes: CredentialChanges,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async buttons(client: Account): Promise<readonly ActButton[]> {
    if (client.suspended) return [];
    const { enabled, damaged, mustEnroll } = await this.twoFactor.status(client.id);
    const fits: Readonly<Record<Mode, boolean>> = {
      'one-time-code': enabled && !damaged,
      're-enrol': enabled || damaged,
      disable: (enabled || damaged || mustEnroll) && !this.isRequired(client),
    };
    return modes.filter((mode) => fits[mode]).map(buttonOf);
  }

  async before({ client, parameters }: ActOrder): Promise<void> {
    if (client.suspended) throw whileSuspended(client.id);
    if (parameters['mode'] === 'disable' && this.isRequired(client))
      throw refused(client, 'required', 'Two-factor is required of this account. Use another mode.');
  }

  async secondAgent({ client: { id }, agent }: ActOrder): Promise<string | null> {
    const changedAt = (await this.changes.lastOf(id)) ?? -Infinity;
    if (changedAt + afterChange > this.clock.now()) return 'staff-acts.why.recent-change';
    if (!this.config.verifyCallers) return null;
    const caller = await this.twoFactor.callerCheck.verified({ accountId: id, agentId: agent.id });
    return caller?.strong ? null : 'staff-acts.why.caller';
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    const { client, approver, parameters } = order;
    const request = {
      mode: modeOf(parameters['mode']),
      reason: actReason(order),
      approvedBy: approver ? ({ type: 'staff', id: approver.id } as const) : undefined,
    };
    const resetting = this.twoFactor.reset(client.id, request, actActor(order));
    const { mode, reset, oneTimeCode } = await resetting.catch((error: unknown) => explain(client, error));
    if (!reset) return null;
    return oneTimeCode ? shownOnce(mode, oneTimeCode) : { json: { mode } };
  }

  private isRequired({ role }: Account): boolean {
    const { requireTwoFactor } = this.config;
    return requireTwoFactor === 'everyone' || (requireTwoFactor === 'staff' && role !== 'customer');
  }
}

function buttonOf(mode: Mode): ActButton {
  const label = `staff-acts.reset.${mode}`;
  return {
    label,
    hint: `${label}-hint`,
    value: { name: 'mode', value: mode },
    danger: mode !== 'one-time-code',
  };
}

/** The form was checked; an approval has the mode that was asked for. */
function modeOf(given: string | undefined): Mode {
  const mode = modes.find((each) => each === given);
  if (!mode) throw new TypeError(`There is no mode ${String(given)}.`);
  return mode;
}

/** The code is in this answer only. */
function shownOnce(mode: Mode, { code, expiresAt }: Code): ActDone {
  return {
    json: { mode, code, expiresAt: new Date(expiresAt).toISOString() },
    page: { view: `modules/${gateId}/staff/one-time-code`, model: { code, expiresAt } },
  };
}

/** Gives the module's refusals a sentence in the reader's language. Where another change was faster, they have no reason. */
function explain(client: Account, error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'CONFLICT') throw error;
  const { reason = 'client-changed', ...extra } = error.extra;
  throw refused(client, String(reason), error.message, extra);
}

function refused({ id: clientId }: Account, reason: string, sentence: string, extra = {}): ActRefused {
  return new ActRefused('CONFLICT', reason, sentence, { clientId, extra });
}
