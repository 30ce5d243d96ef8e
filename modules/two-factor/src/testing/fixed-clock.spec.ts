import { FixedClock } from './fixed-clock.js';

describe('a fixed clock', () => {
  it('stands still until it is moved, forwards or back', () => {
    const clock = new FixedClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    clock.advance(-1);
    expect(clock.now()).toBe(1_499);
    clock.set(7);
    expect(clock.now()).toBe(7);
  });
});
