import assert from 'node:assert/strict';
import type { Factor } from '../core/contracts/factor.js';
import { FactorOwner, owner, stored, type TestAnswers } from './factor-owner.js';

/** A global of the test runner; every runner that has it works. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** The requirements of a kind that needs its challenge again to check an answer. Other kinds must not store it. */
export function promptedContract(factor: Factor, answers: TestAnswers): void {
  it('recognises its challenge, shows the same one again, and accepts no answer without it', async () => {
    const person = await FactorOwner.create(factor, answers);
    const { behaviour, record } = person;
    const { challengeState } = await behaviour.prompt(owner, [record]);
    assert.equal(
      challengeState === undefined,
      behaviour.prompted === undefined,
      'a challengeState goes with prompted',
    );
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
