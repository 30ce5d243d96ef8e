import assert from 'node:assert/strict';
import type { PrimaryFactor } from '../core/contracts/factor.js';
import { FactorOwner, owner, Setting, stored, type Answers } from './factor-owner.js';

/** The test runner's own word; any runner that has it as a global will do. */
declare const it: (name: string, body: () => Promise<void> | void) => void;

/** Of kinds whose question goes by a channel; asked of all, since a kind says so only once it is made. */
export function deliveryContract(factor: PrimaryFactor, answers: Answers): void {
  const behaviour = factor.create(new Setting().tools);
  const { delivery, prompt } = behaviour;
  if (!delivery) return;

  it('sends a question of plain JSON, another one each time, and says on a page nothing of it', async () => {
    const { record } = await FactorOwner.of(factor, answers);
    const memo = delivery.make([record]);
    assert.deepEqual(stored(memo), memo);
    assert.notDeepEqual(delivery.make([record]), memo);
    const { template, model } = delivery.letter(stored(memo));
    assert.match(template, /^[a-z][a-z0-9-]*$/);
    assert.deepEqual(stored(model), model);
    assert(delivery.lives > 0 && delivery.tries > 0);
    assert.equal((await prompt(owner, [record])).memo, undefined);
  });

  it('has a channel that knows where codes go, in drafts and in factors, and shows it masked', async () => {
    const { channel } = delivery;
    assert.match(channel.name, /^[a-z][a-z0-9-]*$/);
    assert(channel.readableBy.length > 0, 'somebody can read a code');
    const { record } = await FactorOwner.of(factor, answers);
    const draft = await behaviour.beginEnrolment(owner, [], answers.setUp?.input ?? {});
    const places = [draft, record.data].map((data) => channel.destination(owner, stored(data)));
    assert.equal(places[0], places[1], 'the code goes where the set-up sent it');
    const [place = ''] = places;
    assert(place !== '' && !channel.masked(place).includes(place), 'masked');
  });

  it('takes no answer to a question that was not sent', async () => {
    const person = await FactorOwner.of(factor, answers);
    const right = await person.rightAnswer();
    const verdict = await person.behaviour.verify(person.record, right);
    assert.equal(verdict.ok ? undefined : verdict.reason, 'wrong');
  });
}
