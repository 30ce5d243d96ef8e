import assert from 'node:assert/strict';
import type { PrimaryFactor } from '../core/contracts/factor.js';
import { FactorOwner, owner, Setting, stored, type TestAnswers } from './factor-owner.js';

/** A global of the test runner; any runner that has it will do. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** For kinds whose question is sent by a channel. All kinds run it, since a kind shows this only after its creation. */
export function deliveryContract(factor: PrimaryFactor, answers: TestAnswers): void {
  const behaviour = factor.create(new Setting().tools);
  const { delivery, prompt } = behaviour;
  if (!delivery) return;

  it('sends a question of plain JSON, another one each time, and says on a page nothing of it', async () => {
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

  it('has a channel that knows where codes go, in drafts and in factors, and shows it masked', async () => {
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

  it('takes no answer to a question that was not sent', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    const verdict = await person.behaviour.verify(person.record, right);
    assert.equal(verdict.ok ? undefined : verdict.reason, 'wrong');
  });
}
