import { jest } from '@jest/globals';
import { anEvent } from '../../testing/contract/samples.js';
import { TestHost } from '../fixtures/test-host.fixture.js';

/** How long an event waits for others in a batch, in milliseconds. */
const GATHER = 50;

describe('a recorded event', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  const behindTheAnswer = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const plain = () => ({ ...anEvent('ann'), sideEffects: {} });

  it('waits a moment for others', async () => {
    const { outboxRelay, sink } = new TestHost();
    outboxRelay.enqueue([plain()]);
    await jest.advanceTimersByTimeAsync(GATHER - 1);
    await behindTheAnswer();
    outboxRelay.enqueue([plain()]);
    expect(sink.events).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    await behindTheAnswer();
    expect(sink.events).toHaveLength(2);
  });

  it('does not wait where side effects follow, such as the end of sessions: they run right after the response', async () => {
    const { outboxRelay, sink } = new TestHost();
    outboxRelay.enqueue([plain(), anEvent('ann')]);
    expect(sink.events).toHaveLength(0);
    await behindTheAnswer();
    expect(sink.events).toHaveLength(2);
  });

  it('does not wait where the process stops, and leaves no timer', async () => {
    const { outboxRelay, sink } = new TestHost();
    outboxRelay.enqueue([plain()]);
    await outboxRelay.settled();
    expect([sink.events.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('that does not exist starts no delivery', async () => {
    const { outboxRelay, sink } = new TestHost();
    sink.storeAll = () => Promise.reject(new Error('there is nothing to take'));
    outboxRelay.enqueue([]);
    expect(jest.getTimerCount()).toBe(0);
    await outboxRelay.settled();
  });
});
