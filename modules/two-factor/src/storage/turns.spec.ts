import { Turns } from './turns.js';
import { asUnit, beginUnit } from './unit-context.js';

describe('turns', () => {
  it('are given one at a time, first in, first out', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const people = ['ann', 'bob', 'cy'].map((name) => ({ name }));
    const taken = people.map((who) =>
      turns.enter(who).then(() => {
        order.push(who.name);
        expect(people.filter((each) => turns.heldBy(each))).toEqual([who]);
        turns.leave(who);
      }),
    );
    await Promise.all(taken);
    expect(order).toEqual(['ann', 'bob', 'cy']);
  });

  it('are not given away by somebody who does not have one', async () => {
    const turns = new Turns();
    const holder = {};
    await turns.enter(holder);
    turns.leave({});
    expect(turns.heldBy(holder)).toBe(true);
  });

  it('are not waited for for ever, and who gave up is passed over', async () => {
    const turns = new Turns(1);
    const holder = {};
    const impatient = {};
    await turns.enter(holder);
    await expect(turns.enter(impatient)).rejects.toThrow('No turn within 1 ms');
    turns.leave(holder);
    expect(turns.heldBy(impatient)).toBe(false);
    await turns.enter(holder);
    expect(turns.heldBy(holder)).toBe(true);
  });

  it('of another queue may be taken inside a unit, those of its own may not', async () => {
    const [own, other] = [new Turns(), new Turns()];
    const holder = {};
    await asUnit(async () => {
      await own.enter(holder);
      beginUnit(holder);
      await asUnit(async () => {
        const inner = {};
        await other.enter(inner);
        beginUnit(inner);
        await expect(own.enter({})).rejects.toThrow('inside a unit of work');
      });
    });
  });
});
