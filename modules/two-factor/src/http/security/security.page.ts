import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import { TrustedDevices, type Device } from '../../core/devices/trusted-devices.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { factorAccountOf } from '../../core/contracts/proof-filter.js';
import { PageRenderer } from '../../core/contracts/ports/page-renderer.js';
import { DamagedFactor } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import type { StoredFactor } from '../../core/contracts/stores/factor.store.js';
import { SecretStorage } from '../../core/encryption/secret-storage.js';
import { Routes, DONE } from '../response/routes.js';
import type { Reply } from '../response/reply.js';

/** What the page shows besides the state: the last change, and the page that follows an enrollment begun here. */
interface SecurityQuery {
  readonly done?: string | undefined;
  readonly returnTo?: string | undefined;
  /** The recovery codes that are not saved yet, each with the address of its page. */
  readonly unsaved: readonly { readonly kind: string; readonly show: string }[];
}

/** The Security page: one card for each fact, first the module's cards and then the host's. */
@Injectable()
export class SecurityPage {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly secretStorage: SecretStorage,
    private readonly devices: TrustedDevices,
    private readonly renderer: PageRenderer,
    private readonly routes: Routes,
  ) {}

  async render(
    request: Request,
    { session, accountState }: StepUpContext,
    { done, returnTo, unsaved }: SecurityQuery,
  ): Promise<Reply> {
    const devices = await this.devices.list({ account: session.account, accountState });
    const factors = accountState.factors.filter(({ kind }) => this.registry.primary(kind));
    const model = {
      enabled: accountState.enabled,
      done: DONE.find((each) => each === done),
      unsaved,
      choices: this.registry.addable(session.account, accountState.factors).map(({ definition: card }) => ({
        kind: card.kind,
        has: factors.some(({ kind }) => kind === card.kind),
        href: this.routes.setUp(false, card.kind, '', { returnTo }),
      })),
      factors: factors.map((factor) => this.card(factor, session.account)),
      recoveries: accountState.factors.flatMap((factor) => this.recoveryCard(factor)),
      devices: devices.map((device) => ({ ...device, forget: this.routes.device(device.id) })),
      forgetAll: this.routes.device('all'),
      disable: this.routes.disable(),
      signals: this.signals(session.account, accountState.factors),
      last: factors.length === 1,
      sections: await this.renderer.sections(request),
    };
    const left = Object.assign({}, ...accountState.factors.map((factor) => this.left(factor))) as Record<
      string,
      number
    >;
    const json = {
      ...left,
      enabled: accountState.enabled,
      factors: factors.map((factor) => ({ ...plain(factor), ...this.facts(factor) })),
      ...(devices.length > 0 && { devices: devices.map(dated) }),
    };
    return { page: { view: 'manage/security', model }, json };
  }

  /** A factor that its owner cannot use any more can only be renamed or removed. */
  private card(factor: StoredFactor, account: Account) {
    const isUsable = this.registry.usable(account, [factor]).length > 0;
    const { id, kind, label, createdAt, lastUsedAt } = factor;
    return {
      ...{ id, kind, label, createdAt, lastUsedAt, view: `${kind}/card`, facts: this.facts(factor) },
      replace: isUsable && this.routes.setUp(false, kind, '', { replaces: id }),
      rename: `${this.routes.factor(id)}/rename`,
      remove: `${this.routes.factor(id)}/remove`,
    };
  }

  /** The kind's facts for the card; empty if the data cannot be opened. It can still be removed on this page. */
  private facts(factor: StoredFactor): View {
    const behaviour = this.registry.primary(factor.kind)?.behaviour;
    if (!behaviour?.describe) return {};
    try {
      return behaviour.describe(this.secretStorage.openFactor(factor).data);
    } catch (error) {
      if (error instanceof DamagedFactor) return {};
      throw error;
    }
  }

  /** For each kind that this owner can use; none if the data cannot be opened, because the list would lack a factor. */
  private signals(account: Account, factors: readonly StoredFactor[]) {
    return this.registry.offered(account).flatMap(({ definition: { kind }, behaviour }) => {
      try {
        const own = factors.filter((factor) => factor.kind === kind);
        const records = own.map((factor) => this.secretStorage.openFactor(factor));
        const signal = behaviour.signal?.(factorAccountOf(account), records);
        return signal ? [{ view: `${kind}/signal`, signal: JSON.stringify(signal) }] : [];
      } catch (error) {
        if (error instanceof DamagedFactor) return [];
        throw error;
      }
    });
  }

  private recoveryCard(factor: StoredFactor) {
    const known = this.registry.recovery(factor.kind);
    if (!known) return [];
    const { kind, createdAt } = factor;
    const count = known.behaviour.left(this.secretStorage.openFactor(factor).data);
    return [{ ...count, kind, createdAt, view: `${kind}/card`, renew: this.routes.setUp(false, kind) }];
  }

  private left(factor: StoredFactor): Record<string, number> {
    const known = this.registry.recovery(factor.kind);
    return known
      ? { [known.behaviour.leftField]: known.behaviour.left(this.secretStorage.openFactor(factor).data).left }
      : {};
  }
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

function iso(at: number): string {
  return new Date(at).toISOString();
}
