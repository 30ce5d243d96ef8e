import { createHash } from 'node:crypto';

/** A dangerous action. A step-up for it opens only this action with these parameters, in this session. */
export interface TwoFactorAct {
  /**
   * The stable name, for events and programs: at most 60 small letters, digits, dots and dashes, e.g. `epp-code.show`.
   */
  readonly name: string;
  /** What the action changes or shows, e.g. `{ service: '7' }`. Default: none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * What will happen, in the reader's language, for the confirm page: "Show the EPP code of example.com". A function is
   * called only where the step-up is missing.
   */
  readonly title: string | (() => string | Promise<string>);
  /** The page with the form, a path of this site. Default: the Security page. */
  readonly page?: string;
  /**
   * Whether a sign-in with password and factor in the last five minutes is enough. Only for the person's own settings,
   * never for actions of staff on others. Default: false.
   */
  readonly signInCounts?: boolean;
}

/** The action that a step-up is bound to: the same for the same name and parameters, in any order. */
export function bindingOf({ name, parameters = {} }: Pick<TwoFactorAct, 'name' | 'parameters'>): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify([name, sorted]));
  return `act:${hash.digest('base64url')}`;
}
