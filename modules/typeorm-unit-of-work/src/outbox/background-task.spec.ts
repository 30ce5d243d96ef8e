import { jest } from '@jest/globals';
import { BackgroundTask } from './background-task.js';

/** A task that notes its runs. Each run lasts until `ends` is called. */
function task(isMore: () => boolean = () => false) {
  const runs: (() => void)[] = [];
  const background = new BackgroundTask(
    () => 50,
    () => new Promise<boolean>((resolve) => runs.push(() => resolve(isMore()))),
  );
  const ends = async (run: number) => {
    runs[run]?.();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { background, runs, ends };
}

describe('a background task', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('does not run before its delay has passed', async () => {
    const { background, runs } = task();
    background.request();
    await jest.advanceTimersByTimeAsync(49);
    expect(runs).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toHaveLength(1);
  });

  it('runs once for all requests during the delay', async () => {
    const { background, runs, ends } = task();
    for (let i = 0; i < 5; i += 1) background.request();
    await jest.advanceTimersByTimeAsync(50);
    await ends(0);
    await jest.advanceTimersByTimeAsync(1_000);
    expect([runs.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('does not lose a request that comes during a run, and does not run twice at once', async () => {
    const { background, runs, ends } = task();
    background.request();
    await jest.advanceTimersByTimeAsync(50);
    background.request();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(runs).toHaveLength(1);
    await ends(0);
    expect(runs).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(50);
    expect(runs).toHaveLength(2);
  });

  it('runs again, after its delay, while there is more to do', async () => {
    let left = 2;
    const { background, runs, ends } = task(() => (left -= 1) > 0);
    background.request();
    await jest.advanceTimersByTimeAsync(50);
    await ends(0);
    await jest.advanceTimersByTimeAsync(49);
    expect(runs).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    await ends(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(runs).toHaveLength(2);
  });

  it('does not wait for its delay when it is flushed, and leaves no timer behind', async () => {
    const { background, runs } = task();
    background.request();
    background.flush();
    await jest.advanceTimersByTimeAsync(0);
    expect([runs.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('is settled only when its last run has ended', async () => {
    const { background, ends } = task();
    let isSettled = false;
    background.request();
    void background.settled().then(() => (isSettled = true));
    await jest.advanceTimersByTimeAsync(0);
    background.request();
    await ends(0);
    expect(isSettled).toBe(false);
    await jest.advanceTimersByTimeAsync(0);
    await ends(1);
    expect(isSettled).toBe(true);
    await background.settled();
  });
});
