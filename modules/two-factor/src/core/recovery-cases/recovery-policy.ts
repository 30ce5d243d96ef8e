import type { Account } from '../common/account.js';

const HOUR = 3_600_000;

/** What the host decides about the recovery desk. */
export interface RecoveryRules {
  /** The wait after the request, in hours: 24 to 168. */
  readonly waitHours: number;
  /** How many agents must approve: 1 or 2. */
  readonly agents: number;
  /** What agents check, in order: names in small letters, digits and dashes. */
  readonly checklist: readonly string[];
}

/** The checklist where the host names none. */
export const defaultChecklist: readonly string[] = [
  'invoice-number',
  'last-payment',
  'call-back',
  'photo-id',
];

/** The rules with every default in its place; null where there is no desk. */
export function recoveryRulesOf(given: false | Partial<RecoveryRules>): RecoveryRules | null {
  return given === false ? null : { ...{ waitHours: 72, agents: 1, checklist: defaultChecklist }, ...given };
}

/** What a host cannot decide, as sentences. */
export function recoveryFaults(given: false | Partial<RecoveryRules>): readonly string[] {
  const rules = recoveryRulesOf(given);
  if (!rules) return [];
  const { waitHours, agents, checklist } = rules;
  const checks: [boolean, string][] = [
    [
      !Number.isInteger(waitHours) || waitHours < 24 || waitHours > 168,
      'recoveryDesk.waitHours must be a whole number from 24 to 168.',
    ],
    [agents !== 1 && agents !== 2, 'recoveryDesk.agents must be 1 or 2.'],
    [
      checklist.length === 0 || checklist.some((check) => !/^[a-z][a-z0-9-]{0,31}$/.test(check)),
      'recoveryDesk.checklist must have names of 1 to 32 lower-case letters, digits or dashes.',
    ],
  ];
  return checks.filter(([fault]) => fault).map(([, sentence]) => sentence);
}

/** Whether there is a recovery desk, for whom, and how long it waits. */
export class RecoveryPolicy {
  constructor(private readonly given: RecoveryRules | null) {}

  /**
   * Whether this account may ask for recovery. Staff may not: their password opens too much, and an administrator can reset
   * them.
   */
  isOffered({ staff }: Pick<Account, 'staff'>): boolean {
    return this.given !== null && !staff;
  }

  /** The wait, in ms. */
  get waitMs(): number {
    return (this.given?.waitHours ?? 0) * HOUR;
  }

  /** The number of agents who must approve. */
  get agents(): number {
    return this.given?.agents ?? 1;
  }

  /** What agents check, in order. */
  get checklist(): readonly string[] {
    return this.given?.checklist ?? [];
  }
}
