import type { DynamicModule, ExecutionContext, Type } from '@nestjs/common';
import type { Request } from 'express';
import type { DataSource } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import type { Config } from '../../config.js';
import type { ActBrake } from './act-brake.js';
import type { StepUp } from './step-up.js';
import type { StopLinkMaker } from './stop-link-maker.js';
import type { AppContext, OperatorCommand } from './operator-command.js';

/** Access level of a route. A route without one is refused for everyone. */
export type AccessLevel = 'public' | 'pending' | 'signed-in' | 'staff';

/** An entry of the name menu, top right. `label` is a message key. */
export interface MenuEntry {
  readonly label: string;
  readonly href: string;
}

/** The answer of a gate after the password was verified. */
export type GateAnswer =
  | {
      readonly pass: true;
      /**
       * `proved`: this request has verified what the gate requires. `skipped`: a skip rule of the module applies.
       * `unprotected`: the module knows of no protection of this account. The sign-in is then refused if the portal's own flag
       * says that the account must pass the gate.
       */
      readonly reason: 'proved' | 'skipped' | 'unprotected';
    }
  /** Pending: the page where the person must continue, and the answer for a JSON client. */
  | { readonly pass: false; readonly to: string; readonly json: Readonly<Record<string, unknown>> };

/** A hook between the password and the session. The login flow awaits its answer. */
export interface LoginGate {
  /** Called once for each login, after the password and before there is a session. The account is as this request read it. */
  ask(request: Request, account: Account): Promise<GateAnswer>;
}

/** Decides for which accounts a mailed link alone must not replace the password. */
export interface ResetRule {
  /** Called when the link is opened, and again when a new password is sent. */
  refuses(accountId: string): Promise<boolean>;
}

/** Knows passwords that others could guess, for example those of a service for leaked passwords (ASVS 5.0 6.2.12). */
export interface PasswordRule {
  /**
   * Called with each new password before it is stored. It must send no password to another host; a service of hash prefixes
   * (k-anonymity) needs only the first characters of its hash. It must end within a few seconds. A rule that throws is left out.
   */
  refuses(password: string): Promise<boolean>;
}

/** The content of a panel for one account. */
export interface PanelView {
  /** Escaped markup. */
  readonly html: string;
  /** The same data for programs. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A panel on a client's page for staff. It only reads, and shows no secret. */
export interface StaffPanel {
  /** Its heading: a message key. */
  readonly title: string;
  /** Called whenever staff open the page of this account. If it fails, the page is shown without it and says so. */
  show(request: Request, accountId: string): Promise<PanelView>;
}

/** Notices of a module for a signed-in person. A failure leaves them out. */
export interface AccountNotices {
  /** Escaped markup above the content of every page, for what the person must see wherever they are. */
  banners(request: Request, accountId: string): Promise<readonly string[]>;
  /** Cards on the home page. */
  homeCards(request: Request, accountId: string): Promise<readonly PanelView[]>;
}

/**
 * The description of a gate's protection for staff: a column and a filter of the clients' list, and a number beside their
 * count. It is read from the portal's own protection flags, in the same statement.
 */
export interface Protection {
  /**
   * Its name in URLs and for programs, e.g. `twoFactor`. The names of the list's own parameters are not allowed: `q`, `role`,
   * `state`, `after`.
   */
  readonly name: string;
  /** Message keys. */
  readonly texts: {
    /** The name of the protection. */
    readonly title: string;
    /** An account that is protected, and one that is not. */
    readonly on: string;
    readonly off: string;
    /** The number of protected accounts; gets `count`. */
    readonly count: string;
  };
}

/** Paths for password managers. */
export interface PasskeyEndpoints {
  readonly enroll: string;
  readonly manage: string;
}

/** The events of a module that belong to a sign-in: people see them as one line with it. */
export interface SignInEvents {
  /** Events of an earlier request, e.g. that the password was right. */
  readonly before: readonly string[];
  /** Events of the request that signs in, e.g. that a factor was proved. */
  readonly within: readonly string[];
}

/** An account that was made for load tests. */
export interface SeededAccount {
  readonly id: string;
  readonly email: string;
}

/**
 * A module that the portal can load. It is plain data with a type declared here, so that no module imports the portal.
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
  /** The same folders of additions to the module. */
  readonly added?: { readonly templates: readonly string[]; readonly messages: readonly string[] };
  /** Folder of its browser scripts, which every page loads; absolute path. */
  readonly assets?: string;
  readonly menu?: readonly MenuEntry[];
  /** Injection token of its `LoginGate`. */
  readonly gate?: Type<LoginGate>;
  /** The description of its gate's protection for staff. */
  readonly protection?: Protection;
  /** The access level of its own routes; undefined for other routes. */
  accessLevel?(context: ExecutionContext): AccessLevel | undefined;
  /** The page where a pending login continues, e.g. `/login/challenge`; undefined when this module does not hold it. */
  waiting?(request: Request): string | undefined;
  /** The address for signing in without a password, for the sign-in page; undefined: not offered. */
  passwordless?(config: Config): string | undefined;
  /** Its pages where people set up a passkey, and where they manage theirs. */
  readonly passkeyEndpoints?: PasskeyEndpoints;
  /** Injection token of its `StepUp`. */
  readonly stepUp?: Type<StepUp>;
  /** Injection token of its `ActBrake`. */
  readonly brake?: Type<ActBrake>;
  /** Injection token of its `ResetRule`. */
  readonly resetRule?: Type<ResetRule>;
  /** Injection token of its `StopLinkMaker`. */
  readonly stopLinks?: Type<StopLinkMaker>;
  /** Injection token of its `PasswordRule`. */
  readonly passwordRule?: Type<PasswordRule>;
  /** The names of the events it emits, for the filter of the audit log. */
  readonly events?: readonly string[];
  /** Those of its events that belong to a sign-in. */
  readonly signInEvents?: SignInEvents;
  /** Injection tokens of its panels on a client's page, in their order on the page. */
  readonly staffPanels?: readonly Type<StaffPanel>[];
  /** Injection token of its `AccountNotices`. */
  readonly notices?: Type<AccountNotices>;
  /** Its pages in the navigation of the staff area. */
  staffMenu?(config: Config): readonly MenuEntry[];
  /** Its commands for operators. */
  readonly commands?: readonly OperatorCommand[];
  /** Errors that stop the start. Their message is one sentence for the operator. */
  readonly startErrors?: readonly Type<Error>[];
  /** Protects accounts that were made for load tests, and returns how many it did. Called by `npm run seed`. */
  seed?(place: AppContext, accounts: readonly SeededAccount[]): Promise<number>;
  /** Called with the DataSource before it connects; it may change it. */
  prepare?(dataSource: DataSource): void;
}
