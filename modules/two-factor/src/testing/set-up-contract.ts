import assert from 'node:assert/strict';
import { validateSync } from 'class-validator';
import type { PrimaryFactor } from '../core/contracts/factor.js';
import type { Answers } from './factor-owner.js';

/** As the module validates a form. */
const strictly = { whitelist: true, forbidNonWhitelisted: true };

/** The test runner's own word; any runner that has it as a global will do. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** Of kinds whose set-up begins with a form of their own; of other kinds, that their owners fill nothing in. */
export function setUpContract(factor: PrimaryFactor, answers: Answers): void {
  it('has a set-up form where its owners fill one in, which takes that and refuses what is malformed', () => {
    const { setUpForm: Form } = factor;
    assert.equal(Form !== undefined, answers.setUp !== undefined, 'answers.setUp goes with setUpForm');
    if (!Form || !answers.setUp) return;
    const faults = (input: object) => validateSync(Object.assign(new Form(), input), strictly).length;
    assert.equal(faults(answers.setUp.input), 0);
    for (const input of [{}, ...answers.setUp.malformed]) assert(faults(input) > 0, JSON.stringify(input));
  });
}
