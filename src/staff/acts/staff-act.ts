import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import type { ActDone, ActOrder } from './act-order.js';
import type { ActForm } from './act.form.js';

/** A button of an act. An act with several ones tells them apart by `value`. */
export interface ActButton {
  /** Message key: what the button does, as a command. */
  readonly label: string;
  /** Message key: one sentence that says what will happen. */
  readonly hint: string;
  /** The name and value that the button sends, e.g. the mode of a reset. */
  readonly value?: { readonly name: string; readonly value: string };
  /** Shown as a button that takes something away. */
  readonly danger?: boolean;
}

/** What every act of staff on a client declares. */
export interface ActFacts {
  /** The stable name in events, approvals, limits and confirmations, e.g. `account.suspend`. At most 60 of `a-z0-9.-`. */
  readonly name: string;
  /** The address of its form below the client's page, e.g. `sessions/end`. Null: its form is on a page of its own. */
  readonly path: string | null;
  /** Who may do it: all staff, or administrators alone. */
  readonly role: 'support' | 'admin';
  /** Whether the limit `staff-acts` counts it. */
  readonly limited: boolean;
  /** The form, where it has more fields than reason and ticket. */
  readonly form?: new () => ActForm;
  /** The buttons that fit this client; empty where there is nothing to do. */
  buttons(client: Account): Promise<readonly ActButton[]> | readonly ActButton[];
  /**
   * What must hold besides, read without a transaction; called before the act is asked for, and again before it is carried out.
   * @throws ActRefused
   */
  before?(order: ActOrder): Promise<void>;
  /**
   * A policy that asks for a second staff member: the message key of its reason. Null: one is enough. The portal itself asks for
   * a second one before acts on peers and upwards.
   */
  secondAgent?(order: ActOrder): Promise<string | null>;
}

/** An act of the portal: its state, its event and its mail are rows of one transaction. */
export interface PortalAct extends ActFacts {
  /**
   * Carries the act out, in a transaction that has locked the client's row: acts on one client follow each other on all nodes.
   * It may run more than once, so it awaits only statements of `manager`. Null: there was nothing to do, and nothing is stored.
   */
  carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null>;
}

/** An act of an installed module, whose facade has transactions, events and mails of its own. */
export interface ModuleAct extends ActFacts {
  /**
   * Carries the act out. After a killed process it is called again, and must then find nothing to do. Null: there was nothing
   * to do.
   */
  call(order: ActOrder): Promise<ActDone | null>;
}

/** An act of staff on a client. */
export type StaffAct = PortalAct | ModuleAct;

/** Whether the portal itself carries the act out. */
export function isPortalAct(act: StaffAct): act is PortalAct {
  return 'carryOut' in act;
}
