import type { DynamicModule, ExecutionContext, Type } from '@nestjs/common';
import type { Request } from 'express';
import type { DataSource } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import type { Config } from '../../config.js';
import type { CommandPlace, OperatorCommand } from './operator-command.js';

/** Who may pass a route's door. What nobody names is refused to everybody. */
export type Door = 'public' | 'held' | 'signed-in' | 'staff';

/** An entry of the name menu, top right. `label` is a message key. */
export interface MenuEntry {
  readonly label: string;
  readonly href: string;
}

/** What a gate says after the right password. */
export type GateAnswer =
  | {
      readonly pass: true;
      /**
       * `proved`: this request has proved what the gate asks for. `skipped`: a rule of the module lets it go without. `unprotected`: the
       * module knows of no protection of this account; the sign-in is then refused where the portal's own mark of the gate
       * is raised.
       */
      readonly reason: 'proved' | 'skipped' | 'unprotected';
    }
  /** Held: where the person must go, and what a JSON client is told. */
  | { readonly pass: false; readonly to: string; readonly json: Readonly<Record<string, unknown>> };

/** A hook between the password and the session: it answers, and is awaited. */
export interface LoginGate {
  /** Asked once for each login, after the password, before there is any session. The account is as this request read it. */
  ask(request: Request, account: Account): Promise<GateAnswer>;
}

/** Asks somebody already signed in to confirm that it is them. */
export interface StepUp {
  /** True when this session confirmed no longer than `minutes` ago. */
  fresh(request: Request, minutes: number): Promise<boolean>;
  /** Where to confirm; `returnTo` is where to come back to. */
  address(returnTo: string): string;
  /** Where somebody who has nothing but a password to confirm with sets more up, and comes back from; null for whoever has more. */
  setUpAddress(request: Request, returnTo: string): Promise<string | null>;
}

/** Says of whom a mailed link alone must not replace the password. */
export interface ResetRule {
  /** Asked when somebody follows the link, and again when they send a new password. */
  refuses(accountId: string): Promise<boolean>;
}

/** What a panel shows of one account. */
export interface PanelView {
  /** Markup, escaped already. */
  readonly html: string;
  /** The same facts for programs. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A panel on a client's page for staff. It only reads, and shows no secret. */
export interface StaffPanel {
  /** Its heading: a message key. */
  readonly title: string;
  /** Asked whenever staff open the page of this account. When it fails the page says so, and is shown without it. */
  show(request: Request, accountId: string): Promise<PanelView>;
}

/**
 * How staff see whom a module's gate protects: a column and a filter of the clients' list, and a figure beside their
 * number. It is read from the portal's own marks of raised gates, in the same statement.
 */
export interface Protection {
  /** Its name in addresses and for programs, e.g. `twoFactor`; none that the list has itself: `q`, `role`, `state`, `after`. */
  readonly name: string;
  /** Message keys. */
  readonly texts: {
    /** What protects. */
    readonly title: string;
    /** An account that is protected, and one that is not. */
    readonly on: string;
    readonly off: string;
    /** How many are; gets `count`. */
    readonly count: string;
  };
}

/** An account that was made for load tests. */
export interface SeededAccount {
  readonly id: string;
  readonly email: string;
}

/**
 * A module that the portal can load: plain data, shaped here, so that no module ever imports the portal.
 * Installing one is one line in `installed-modules.ts`.
 */
export interface PortalModule {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly nest: DynamicModule | Type;
  readonly entities: readonly Type[];
  readonly migrations: readonly Type[];
  /** Folder of its templates and of its messages (`<locale>.json`); absolute paths. */
  readonly templates: string;
  readonly messages: string;
  /** The same folders of what others have added to the module. */
  readonly added?: { readonly templates: readonly string[]; readonly messages: readonly string[] };
  /** Folder of its browser scripts, put on every page; absolute path. */
  readonly assets?: string;
  readonly menu?: readonly MenuEntry[];
  /** Injection token of its `LoginGate`. */
  readonly gate?: Type<LoginGate>;
  /** How staff see whom its gate protects. */
  readonly protection?: Protection;
  /** The door of its own routes; undefined for routes that are not its own. */
  door?(context: ExecutionContext): Door | undefined;
  /** Where a held login belongs, e.g. `/login/challenge`; undefined when it is not held by this module. */
  waiting?(request: Request): string | undefined;
  /** Where the sign-in page leads who sign in without a password; undefined: that is not offered. */
  passwordless?(config: Config): string | undefined;
  /** Injection token of its `StepUp`. */
  readonly stepUp?: Type<StepUp>;
  /** Injection token of its `ResetRule`. */
  readonly resetRule?: Type<ResetRule>;
  /** The names of the events it tells, for the audit's filter. */
  readonly events?: readonly string[];
  /** Injection tokens of its panels on a client's page, in the order in which they stand there. */
  readonly staffPanels?: readonly Type<StaffPanel>[];
  /** What operators can do on the command line. */
  readonly commands?: readonly OperatorCommand[];
  /** Errors that stop the start, whose message is one sentence for the operator. */
  readonly startErrors?: readonly Type<Error>[];
  /** Protects accounts that were made for load tests, and returns how many it did. Called by `npm run seed`. */
  seed?(place: CommandPlace, accounts: readonly SeededAccount[]): Promise<number>;
  /** Last word on the DataSource before it connects. */
  prepare?(dataSource: DataSource): void;
}
