import { Busy } from '../../core/common/errors.js';

import { BoundedQueue } from './bounded-queue.js';

/** Work that runs until the test ends it. */
class Job {
  begun = false;
  finish: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  private readonly end = new Promise<void>((resolve, reject) => {
    this.finish = resolve;
    this.fail = reject;
  });
  readonly work = (): Promise<void> => {
    this.begun = true;
    return this.end;
  };
}

describe('costly work', () => {
  it('does not begin while as much as allowed is running, then begins in its turn', async () => {
    const queue = new BoundedQueue(1, 2);
    const [first, second, third] = [new Job(), new Job(), new Job()];
    const ends = [first, second, third].map((each) => queue.run(each.work));
    await Promise.resolve();
    expect([first.begun, second.begun, third.begun]).toEqual([true, false, false]);
    first.finish();
    await ends[0];
    await Promise.resolve();
    expect([second.begun, third.begun]).toEqual([true, false]);
    second.finish();
    third.finish();
    await Promise.all(ends);
  });

  it('is refused as busy, unbegun, when too much is waiting', async () => {
    const queue = new BoundedQueue(1, 1);
    const [first, second, third] = [new Job(), new Job(), new Job()];
    const ends = [queue.run(first.work), queue.run(second.work)];
    await expect(queue.run(third.work)).rejects.toBeInstanceOf(Busy);
    expect(third.begun).toBe(false);
    first.finish();
    second.finish();
    await Promise.all(ends);
  });

  it('that fails does not keep its place', async () => {
    const queue = new BoundedQueue(1, 0);
    const failing = new Job();
    const end = queue.run(failing.work);
    failing.fail(new Error('no memory'));
    await expect(end).rejects.toThrow('no memory');
    await expect(queue.run(() => Promise.resolve('done'))).resolves.toBe('done');
  });
});
