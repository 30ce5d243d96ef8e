import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import { type ActDone, actReason, type ActOrder } from '../../staff/acts/act-order.js';
import { ActRefused } from '../../staff/acts/act-refused.js';
import { StaffActRegistry } from '../../staff/acts/act-registry.js';
import type { ActButton, ModuleAct } from '../../staff/acts/staff-act.js';
import { RecoveryForm } from './recovery.form.js';

/** The states in which a case goes on. */
const live: readonly string[] = ['open', 'approved'];

/** Works on a case of the recovery desk. One confirmation is enough for all steps at one case. */
@Injectable()
export class RecoveryAct implements ModuleAct, OnModuleInit {
  readonly name = 'two-factor.recovery';
  readonly path = null;
  readonly role = 'support';
  readonly limited = true;
  readonly form = RecoveryForm;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly twoFactor: TwoFactor,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Its buttons are on the page of the case. */
  buttons(): readonly ActButton[] {
    return [];
  }

  async before(order: ActOrder): Promise<void> {
    const { client, parameters } = order;
    const found = await this.caseOf(order);
    const ticked = found.checklist.filter(({ check, agent }) => agent || parameters[check] === 'on');
    if (parameters['step'] === 'approve' && ticked.length < found.checklist.length)
      throw new ActRefused('CONFLICT', 'checklist', 'The checklist is not complete.', {
        clientId: client.id,
      });
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    const { agent, parameters } = order;
    const { id, checklist } = await this.caseOf(order);
    const reason = actReason(order);
    const by = { id, reason, agent: { id: agent.id, name: agent.name } };
    const { recovery } = this.twoFactor;
    if (parameters['step'] === 'refuse') return (await recovery.refuse(by)) ? {} : null;
    const checks = checklist.flatMap(({ check }) => (parameters[check] === 'on' ? [check] : []));
    const ticked = checks.length > 0 && (await recovery.tick({ ...by, checks }));
    const approved = parameters['step'] === 'approve' && (await recovery.approve(by));
    return ticked || approved ? {} : null;
  }

  /** The case in the address. A newer case of the same client is another one. */
  private async caseOf({ client, request }: ActOrder) {
    const found = await this.twoFactor.recovery.find({ id: String(request.params['id']) });
    if (found?.accountId === client.id && live.includes(found.state)) return found;
    throw new ActRefused('CONFLICT', 'case-ended', 'This case has ended.', { clientId: client.id });
  }
}
