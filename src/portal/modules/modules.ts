import { type ExecutionContext, Inject, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import type {
  Door,
  LoginGate,
  PortalModule,
  Protection,
  ResetRule,
  StaffPanel,
  StepUp,
} from './portal-module.js';

/** Injection token of the list; `installed-modules.ts` is what the portal runs with. */
export const PORTAL_MODULES = Symbol('the installed modules');

/** A module's gate, under the module's id. */
export interface NamedGate {
  readonly id: string;
  readonly gate: LoginGate;
}

/** A module's panel, under the module's id. */
export interface NamedPanel {
  readonly id: string;
  readonly panel: StaffPanel;
}

/** How staff see whom a module's gate protects, with the gate's name: the module's id. */
export interface NamedProtection extends Protection {
  readonly gate: string;
}

/** What the installed modules say, asked in the order in which they are installed. */
@Injectable()
export class InstalledModules {
  private readonly providers = new Map<unknown, unknown>();

  constructor(
    @Inject(PORTAL_MODULES) readonly list: readonly PortalModule[],
    private readonly reference: ModuleRef,
  ) {}

  /** The gates that come after the one of this module; all of them for null. */
  gatesBehind(id: string | null): readonly NamedGate[] {
    const from = id === null ? 0 : this.list.findIndex((each) => each.id === id) + 1;
    // A login held by a module that is gone must not slip past the gates that are left.
    return this.list.slice(from).flatMap((each) => this.gateOf(each));
  }

  /** The names of all gates there are: their modules' ids. */
  gates(): readonly string[] {
    return this.list.filter(({ gate }) => gate !== undefined).map(({ id }) => id);
  }

  /** Is there a gate of this name? */
  hasGate(id: string): boolean {
    return this.gates().includes(id);
  }

  /** The door of a module's own route; undefined for the portal's. */
  door(context: ExecutionContext): Door | undefined {
    return first(this.list, (each) => each.door?.(context));
  }

  /** Where this request's held login belongs. */
  waiting(request: Request): string | undefined {
    return first(this.list, (each) => each.waiting?.(request));
  }

  /** Where the sign-in page leads who sign in without a password; null: nowhere. */
  passwordless(config: Config): string | null {
    return first(this.list, (each) => each.passwordless?.(config)) ?? null;
  }

  /** The first module's step-up, where one is offered. */
  stepUp(): StepUp | undefined {
    const token = first(this.list, (each) => each.stepUp);
    return token && this.provider(token);
  }

  /** What says of whom a mailed link alone must not replace the password. */
  resetRules(): readonly ResetRule[] {
    return this.list.flatMap(({ resetRule }) => (resetRule ? [this.provider(resetRule)] : []));
  }

  /** The panels on a client's page. */
  staffPanels(): readonly NamedPanel[] {
    return this.list.flatMap(({ id, staffPanels = [] }) =>
      staffPanels.map((token) => ({ id, panel: this.provider(token) })),
    );
  }

  /** Whom the installed gates protect, for the clients' list. */
  protections(): readonly NamedProtection[] {
    return this.list.flatMap(({ id, protection }) => (protection ? [{ gate: id, ...protection }] : []));
  }

  /** The names of what the modules tell. */
  events(): readonly string[] {
    return this.list.flatMap(({ events = [] }) => events);
  }

  private gateOf({ id, gate }: PortalModule): NamedGate[] {
    return gate ? [{ id, gate: this.provider(gate) }] : [];
  }

  /** Nest looks through all rooms for it, so it is looked up once. */
  private provider<T>(token: Type<T>): T {
    const found = (this.providers.get(token) ?? this.reference.get(token, { strict: false })) as T;
    this.providers.set(token, found);
    return found;
  }
}

function first<T, R>(list: readonly T[], ask: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const answer = ask(each);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
