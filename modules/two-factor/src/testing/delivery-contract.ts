import assert from 'node:assert/strict';
import type { PrimaryFactor } from '../core/contracts/factor.js';
import { FactorOwner, owner, Setting, stored, type TestAnswers } from './factor-owner.js';

/** A global of the test runner; every runner that has it works. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/**
 * The requirements of kinds with codes by a channel. All kinds run it, since a kind shows this only after its creation.
 */
export function deliveryContract(factor: PrimaryFactor, answers: TestAnswers): void {
  const behaviour = factor.create(new Setting().tools);
  const { delivery, prompt } = behaviour;
  if (!delivery) return;

  it('creates a new code of plain JSON each time, and shows nothing of it on a page', async () => {
    const { record } = await FactorOwner.create(factor, answers);
    const challengeState = delivery.make([record]);
    assert.deepEqual(stored(challengeState), challengeState);
    assert.notDeepEqual(delivery.make([record]), challengeState);
    const { template, model } = delivery.message(stored(challengeState));
    assert.match(template, /^[a-z][a-z0-9-]*$/);
    assert.deepEqual(stored(model), model);
    assert(delivery.ttlMs > 0 && delivery.maxAttempts > 0);
    assert.equal((await prompt(owner, [record])).challengeState, undefined);
  });

  it('has a channel that knows the destination of drafts and factors, and shows it masked', async () => {
    const { channel } = delivery;
    assert.match(channel.name, /^[a-z][a-z0-9-]*$/);
    assert(channel.readableBy.length > 0, 'somebody can read a code');
    const { record } = await FactorOwner.create(factor, answers);
    const draft = await behaviour.beginEnrollment(owner, [], answers.setUp?.input ?? {});
    const places = [draft, record.data].map((data) => channel.destination(owner, stored(data)));
    assert.equal(places[0], places[1], 'the code goes where the set-up sent it');
    const [place = ''] = places;
    assert(place !== '' && !channel.masked(place).includes(place), 'masked');
  });

  it('does not accept an answer to a code that was not sent', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    const verdict = await person.behaviour.verify(person.record, right);
    assert.equal(verdict.ok ? undefined : verdict.reason, 'wrong');
  });
}
