import { attemptRules, windowRules } from './contract/attempts.rules.js';
import { eventRules } from './contract/events.rules.js';
import { factorRules } from './contract/factors.rules.js';
import { heldRules } from './contract/held.rules.js';
import type { MakeStores, Rules } from './contract/rules.js';
import { sealedRules } from './contract/sealed.rules.js';
import { setRules } from './contract/sets.rules.js';
import { togetherRules } from './contract/together.rules.js';
import { tokenRules, tokenSetRules } from './contract/tokens.rules.js';

/** The test runner's own words; any runner that has them as globals will do. */
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;

const parts: Readonly<Record<string, Rules>> = {
  factors: factorRules,
  'factor sets': setRules,
  tokens: tokenRules,
  'tokens of an account': tokenSetRules,
  'held logins': heldRules,
  attempts: attemptRules,
  windows: windowRules,
  events: eventRules,
  sealed: sealedRules,
  together: togetherRules,
};

/**
 * The promises that all `Stores` make, as a suite of tests: call it in a spec file of your own. When it passes, the
 * module works on your database. `makeStores` is called once for each test; it may always answer the same stores, since
 * every test makes its own accounts, but no other test may use the tables at the same time.
 */
export function storeContract(name: string, makeStores: MakeStores): void {
  const suite = (rules: Rules) => (): void => {
    for (const [rule, test] of Object.entries(rules)) it(rule, async () => test(await makeStores()));
  };
  describe(`${name} keeps the store contract`, () => {
    for (const [part, rules] of Object.entries(parts)) describe(part, suite(rules));
  });
}
