import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { FixedClock } from '../../test/support/portal/fixed-clock.js';
import { ClockCheck } from './clock-check.js';

const start = Date.UTC(2030, 0, 1);

let warn: jest.SpiedFunction<Logger['warn']>;
beforeEach(() => {
  warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
});
afterEach(() => warn.mockRestore());

/** A node whose clock is ahead by this much, and whose question takes so long each way. */
function node(ahead: number, oneWay = 0): { clock: FixedClock; check: ClockCheck } {
  const clock = new FixedClock(start);
  const check = new ClockCheck(undefined as unknown as DataSource, clock, () => {
    clock.advance(oneWay);
    const there = clock.now() - ahead;
    clock.advance(oneWay);
    return Promise.resolve(there);
  });
  return { clock, check };
}

describe('the clocks of a node and of its database', () => {
  it.each([0, 4_999, -5_000, 5_001, -7_200, 25_000])(
    'differ by %i ms, however long the question takes',
    async (ahead) => {
      for (const oneWay of [0, 40, 2_000]) expect(await node(ahead, oneWay).check.difference()).toBe(ahead);
    },
  );

  it('cannot be compared when the question takes too long', async () => {
    expect(await node(60_000, 3_000).check.difference()).toBeNull();
    expect(warn).not.toHaveBeenCalled();
  });

  it('are one clock on SQLite: there is nothing to compare', async () => {
    const check = new ClockCheck(undefined as unknown as DataSource, new FixedClock(), async () => null);
    expect(await check.difference()).toBeNull();
  });

  it('are not compared while the database does not answer', async () => {
    const check = new ClockCheck(undefined as unknown as DataSource, new FixedClock(), () =>
      Promise.reject(new Error('away')),
    );
    expect(await check.difference()).toBeNull();
  });
});

describe('the log', () => {
  it('is silent up to five seconds', async () => {
    for (const ahead of [0, 5_000, -5_000]) await node(ahead).check.watch();
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    [7_200, /^The clock of this node is 7\.2 s ahead of the clock of the database\. .*NTP\.$/],
    [-19_900, /^The clock of this node is 19\.9 s behind the clock of the database\. .*NTP\.$/],
    [20_001, /20\.0 s ahead of .*NTP\. This node is not ready\.$/],
  ])('names a difference of %i ms', async (ahead, sentence) => {
    await node(ahead).check.watch();
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(sentence));
  });

  it('has one line a minute, whatever number of probes there are', async () => {
    const { clock, check } = node(6_000);
    for (let probe = 0; probe < 5; probe += 1) await check.difference();
    expect(warn).toHaveBeenCalledTimes(1);
    clock.passesSeconds(59);
    await check.difference();
    expect(warn).toHaveBeenCalledTimes(1);
    clock.passesSeconds(1);
    await check.difference();
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('is not silenced by a clock that was set back', async () => {
    const { clock, check } = node(6_000);
    await check.difference();
    clock.advance(-3_600_000);
    await check.difference();
    expect(warn).toHaveBeenCalledTimes(2);
  });
});
