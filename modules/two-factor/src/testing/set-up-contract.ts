import assert from 'node:assert/strict';
import { validateSync } from 'class-validator';
import type { PrimaryFactor } from '../core/contracts/factor.js';
import type { TestAnswers } from './factor-owner.js';

/** The options with which the module validates a form. */
const strictly = { whitelist: true, forbidNonWhitelisted: true };

/** A global of the test runner; every runner that has it works. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** The requirements of kinds with a set-up form; the owners of other kinds must not fill one in. */
export function setUpContract(factor: PrimaryFactor, answers: TestAnswers): void {
  it('has a set-up form where its owners fill one in, which accepts their input and refuses malformed input', () => {
    const { setUpForm: Form } = factor;
    assert.equal(Form !== undefined, answers.setUp !== undefined, 'answers.setUp goes with setUpForm');
    if (!Form || !answers.setUp) return;
    const faults = (input: object) => validateSync(Object.assign(new Form(), input), strictly).length;
    assert.equal(faults(answers.setUp.input), 0);
    for (const input of [{}, ...answers.setUp.malformed]) assert(faults(input) > 0, JSON.stringify(input));
  });
}
