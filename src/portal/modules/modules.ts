import { type ExecutionContext, Inject, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import type { ActBrake } from './act-brake.js';
import type { StopLinkMaker } from './stop-link-maker.js';
import type {
  AccessLevel,
  AccountNotices,
  LoginGate,
  MenuEntry,
  PasskeyEndpoints,
  PasswordRule,
  PortalModule,
  Protection,
  ResetRule,
  SignInEvents,
  StaffPanel,
} from './portal-module.js';
import type { StepUp } from './step-up.js';

/** Injection token of the list; the portal runs with the list of `installed-modules.ts`. */
export const PORTAL_MODULES = Symbol('the installed modules');

/** A module's gate, with the module's id. */
export interface NamedGate {
  readonly id: string;
  readonly gate: LoginGate;
}

/** A module's panel, with the module's id. */
export interface NamedPanel {
  readonly id: string;
  readonly panel: StaffPanel;
}

/** The description of a module's protection for staff, with the gate's name: the module's id. */
export interface NamedProtection extends Protection {
  readonly gate: string;
}

/** Access to the installed modules, in the order in which they are installed. */
@Injectable()
export class InstalledModules {
  private readonly providers = new Map<unknown, unknown>();

  constructor(
    @Inject(PORTAL_MODULES) readonly list: readonly PortalModule[],
    private readonly reference: ModuleRef,
  ) {}

  /** The gates after this module's gate; all of them for null. */
  gatesBehind(id: string | null): readonly NamedGate[] {
    const from = id === null ? 0 : this.list.findIndex((each) => each.id === id) + 1;
    // A pending login of a removed module must not skip the remaining gates.
    return this.list.slice(from).flatMap((each) => this.gateOf(each));
  }

  /** The names of all installed gates: their modules' ids. */
  gates(): readonly string[] {
    return this.list.filter(({ gate }) => gate !== undefined).map(({ id }) => id);
  }

  /** Returns whether a gate of this name is installed. */
  hasGate(id: string): boolean {
    return this.gates().includes(id);
  }

  /** The access level of a module's own route; undefined for the portal's routes. */
  accessLevel(context: ExecutionContext): AccessLevel | undefined {
    return first(this.list, (each) => each.accessLevel?.(context));
  }

  /** The page where this request's pending login continues. */
  waiting(request: Request): string | undefined {
    return first(this.list, (each) => each.waiting?.(request));
  }

  /** The address for signing in without a password, for the sign-in page; null: not offered. */
  passwordless(config: Config): string | null {
    return first(this.list, (each) => each.passwordless?.(config)) ?? null;
  }

  /** The pages for passkeys of the first module that has them. */
  passkeyEndpoints(): PasskeyEndpoints | undefined {
    return first(this.list, (each) => each.passkeyEndpoints);
  }

  /** The step-up of the first module that offers one. */
  stepUp(): StepUp | undefined {
    const token = first(this.list, (each) => each.stepUp);
    return token && this.provider(token);
  }

  /** The brake of the first module that has one. */
  brake(): ActBrake | undefined {
    const token = first(this.list, (each) => each.brake);
    return token && this.provider(token);
  }

  /** The rules that forbid replacing the password with a mailed link alone. */
  resetRules(): readonly ResetRule[] {
    return this.list.flatMap(({ resetRule }) => (resetRule ? [this.provider(resetRule)] : []));
  }

  /** The links “This wasn’t me” of the first module that makes them. */
  stopLinks(): StopLinkMaker | undefined {
    const token = first(this.list, (each) => each.stopLinks);
    return token && this.provider(token);
  }

  /** The rules that know passwords which others could guess. */
  passwordRules(): readonly PasswordRule[] {
    return this.list.flatMap(({ passwordRule }) => (passwordRule ? [this.provider(passwordRule)] : []));
  }

  /** The panels on a client's page. */
  staffPanels(): readonly NamedPanel[] {
    return this.list.flatMap(({ id, staffPanels = [] }) =>
      staffPanels.map((token) => ({ id, panel: this.provider(token) })),
    );
  }

  /** The modules' pages of the staff area. */
  staffMenu(config: Config): readonly MenuEntry[] {
    return this.list.flatMap((each) => each.staffMenu?.(config) ?? []);
  }

  /** What modules tell signed-in people. */
  notices(): readonly AccountNotices[] {
    return this.list.flatMap(({ notices }) => (notices ? [this.provider(notices)] : []));
  }

  /** The protections of the installed gates, for the clients' list. */
  protections(): readonly NamedProtection[] {
    return this.list.flatMap(({ id, protection }) => (protection ? [{ ...protection, gate: id }] : []));
  }

  /** The names of the events of all modules. */
  events(): readonly string[] {
    return this.list.flatMap(({ events = [] }) => events);
  }

  /** The events of all modules that belong to a sign-in. */
  signInEvents(): SignInEvents {
    const all = this.list.flatMap(({ signInEvents }) => signInEvents ?? []);
    return {
      before: all.flatMap(({ before }) => before),
      within: all.flatMap(({ within }) => within),
    };
  }

  private gateOf({ id, gate }: PortalModule): NamedGate[] {
    return gate ? [{ id, gate: this.provider(gate) }] : [];
  }

  /** Nest searches all modules for it, so the result is cached. */
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
