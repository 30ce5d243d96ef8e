import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TrustedDevices, type Device } from '../../core/devices/trusted-devices.js';
import { PageRenderer } from '../../core/contracts/ports/page-renderer.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import type { AccountState } from '../../core/accounts/account-state.js';
import type { StoredFactor } from '../../core/contracts/stores/factor.store.js';
import { Policy } from '../../core/login/policy.js';
import type { ShownBrake } from '../response/brake-texts.js';
import type { DeskCards } from '../desk/desk-cards.js';
import type { UnsavedSet } from '../response/after-set-up.js';
import { Routes, DONE } from '../response/routes.js';
import type { Reply } from '../response/reply.js';
import { FactorCards } from './factor-cards.js';

/** What the page shows besides the state: the last change, and the page that follows an enrollment begun here. */
interface SecurityQuery {
  readonly done?: string | undefined;
  readonly returnTo?: string | undefined;
  /** The recovery codes that are not saved yet. */
  readonly unsaved: readonly UnsavedSet[];
  /** The wait of dangerous actions, if one runs. */
  readonly brake: ShownBrake | null;
  /** Whether the account is locked until the password was set anew. */
  readonly frozen: boolean;
  /** The cards about the help desk. */
  readonly desk: Awaited<ReturnType<DeskCards['of']>>;
}

/** The Security page: one card for each fact, first the module's cards and then the host's. */
@Injectable()
export class SecurityPage {
  constructor(
    private readonly cards: FactorCards,
    private readonly devices: TrustedDevices,
    private readonly renderer: PageRenderer,
    private readonly policy: Policy,
    private readonly routes: Routes,
  ) {}

  async render(
    request: Request,
    { session, accountState }: StepUpContext,
    { done, returnTo, ...shown }: SecurityQuery,
  ): Promise<Reply> {
    const { account } = session;
    const devices = await this.devices.list({ account, accountState });
    const factors = this.cards.primary(accountState.factors);
    const signals = this.cards.signals(account, accountState.factors);
    const model = {
      ...shown,
      ...stateOf(accountState),
      required: this.policy.requires(account),
      done: DONE.find((each) => each === done),
      choices: this.cards.choices(account, accountState.factors, returnTo),
      factors: this.cards.cards(request, account, factors),
      recoveries: this.cards.recoveries(accountState.factors),
      devices: devices.map((device) => ({ ...device, forget: this.routes.device(device.id) })),
      forgetAll: this.routes.device('all'),
      disable: this.routes.disable(),
      signals: signals.map(({ kind, signal }) => ({
        view: `${kind}/signal`,
        signal: JSON.stringify(signal),
      })),
      last: factors.length === 1,
      sections: await this.renderer.sections(request),
    };
    // Without a factor of the kind, a program has nothing to tell.
    const used = signals.filter(({ kind }) => factors.some((factor) => factor.kind === kind));
    const told = used.map(({ kind, signal }) => ({ ...signal, kind }));
    const json = {
      ...this.cards.left(accountState.factors),
      ...brakeJson(shown.brake, shown.frozen),
      ...stateOf(accountState),
      factors: factors.map((factor) => ({ ...plain(factor), ...this.cards.facts(factor) })),
      ...(devices.length > 0 && { devices: devices.map(dated) }),
      ...(told.length > 0 && { signals: told }),
    };
    return { page: { view: 'manage/security', model }, json };
  }
}

/** `mustEnroll`: staff reset the account, and the next sign-in must set a factor up. */
function stateOf({ enabled, mustEnroll }: AccountState) {
  return { ...(mustEnroll && { mustEnroll }), enabled };
}

function plain({ id, kind, label, createdAt, lastUsedAt }: StoredFactor) {
  return {
    id,
    kind,
    label,
    createdAt: iso(createdAt),
    lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
  };
}

function dated({ id, agent, createdAt, expiresAt }: Device) {
  return { id, agent, createdAt: iso(createdAt), expiresAt: iso(expiresAt) };
}

/** Empty while nothing waits. */
function brakeJson(brake: ShownBrake | null, frozen: boolean) {
  const { cause, startedAt = 0, until = 0 } = brake ?? {};
  const running = { cause, startedAt: iso(startedAt), until: iso(until) };
  return { ...(brake && { brake: running }), ...(frozen && { frozen }) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
