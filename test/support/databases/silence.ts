import { setTimeout as pause } from 'node:timers/promises';

/** What came of one request: its status, and how long it took, in milliseconds. */
export interface Heard {
  readonly status: number;
  readonly took: number;
}

type Ask = () => Promise<{ readonly status: number }>;

export async function heard(ask: Ask): Promise<Heard> {
  const began = performance.now();
  const { status } = await ask();
  return { status, took: performance.now() - began };
}

/** Between an answer and the next question, so that asking is not all that the machine does. Milliseconds. */
const breath = 25;

/** Asks all of these at once, each again soon after it is answered, for so many milliseconds. */
export async function askedFor(forMs: number, asks: readonly Ask[]): Promise<readonly Heard[]> {
  const until = performance.now() + forMs;
  const all = await Promise.all(
    asks.map(async (ask) => {
      const answers: Heard[] = [];
      do {
        answers.push(await heard(ask));
        await pause(breath);
      } while (performance.now() < until);
      return answers;
    }),
  );
  return all.flat();
}

/** How long it takes until this is so, in milliseconds; looked at again and again, for a minute at most. */
export async function wholeAfter(isWhole: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await isWhole()) && performance.now() - began < 60_000);
  return performance.now() - began;
}

export const longest = (answers: readonly Heard[]): number => Math.max(...answers.map(({ took }) => took));

export const statuses = (answers: readonly Heard[]): readonly number[] => [
  ...new Set(answers.map(({ status }) => status)),
];
