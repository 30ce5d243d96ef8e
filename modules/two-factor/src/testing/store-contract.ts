import { attemptRules, windowRules } from './contract/attempts.rules.js';
import { brakeRules } from './contract/brakes.rules.js';
import { callerCheckRules } from './contract/desk/caller-checks.rules.js';
import { checkUpRules } from './contract/desk/check-ups.rules.js';
import { recoveryCaseRules } from './contract/desk/recovery-cases.rules.js';
import { eventRules } from './contract/events.rules.js';
import { factorRules } from './contract/factors.rules.js';
import { lockDownRules, removedRules } from './contract/lock-downs.rules.js';
import { pendingRules } from './contract/pending-logins.rules.js';
import type { MakeStores, ContractRules } from './contract/rules.js';
import { sealedRules } from './contract/sealed.rules.js';
import { setRules } from './contract/sets.rules.js';
import { togetherRules } from './contract/transactions.rules.js';
import { tokenRules, tokenSetRules } from './contract/tokens.rules.js';

/** Globals of the test runner; any runner that has them will do. */
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;

const parts: Readonly<Record<string, ContractRules>> = {
  factors: factorRules,
  'factor sets': setRules,
  tokens: tokenRules,
  'tokens of an account': tokenSetRules,
  'held logins': pendingRules,
  attempts: attemptRules,
  windows: windowRules,
  events: eventRules,
  'lock-downs': lockDownRules,
  'removed factors': removedRules,
  brakes: brakeRules,
  'caller checks': callerCheckRules,
  'recovery cases': recoveryCaseRules,
  'check-ups': checkUpRules,
  sealed: sealedRules,
  transaction: togetherRules,
};

/**
 * The requirements for all `Stores`, as a suite of tests: call it in your own spec file. When it passes, the module works on
 * your database. `makeStores` is called once for each test. It may always return the same stores, since every test creates its
 * own accounts. No other test may use the tables at the same time.
 */
export function storeContract(name: string, makeStores: MakeStores): void {
  const suite = (rules: ContractRules) => (): void => {
    for (const [rule, test] of Object.entries(rules)) it(rule, async () => test(await makeStores()));
  };
  describe(`${name} keeps the store contract`, () => {
    for (const [part, rules] of Object.entries(parts)) describe(part, suite(rules));
  });
}
