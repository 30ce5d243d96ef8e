import assert from 'node:assert/strict';
import type { Factor } from '../core/contracts/factor.js';
import { FactorOwner, owner, stored, type TestAnswers } from './factor-owner.js';

/** A global of the test runner; any runner that has it will do. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** The requirements of a kind whose answers need their question again. Other kinds must not keep it. */
export function promptedContract(factor: Factor, answers: TestAnswers): void {
  it('says which question an answer is of where it makes a challenge, shows that one again, and takes no answer without it', async () => {
    const person = await FactorOwner.create(factor, answers);
    const { behaviour, record } = person;
    const { challengeState } = await behaviour.prompt(owner, [record]);
    assert.equal(challengeState === undefined, behaviour.prompted === undefined, 'a memo goes with prompted');
    if (!challengeState || !behaviour.prompted) return;
    const right = await person.rightAnswer();
    const asked = stored(person.asked ?? {});
    assert.equal(behaviour.prompted.answers(right, asked), true);
    assert.equal(behaviour.prompted.answers(right, stored(challengeState)), false);
    const again = await behaviour.prompted.again(owner, [record], asked);
    assert.deepEqual(again.show, (await behaviour.prompted.again(owner, [record], asked)).show);
    assert.equal((await behaviour.verify(record, right, asked)).ok, true);
    assert.equal((await behaviour.verify(record, right)).ok, false);
  });
}
