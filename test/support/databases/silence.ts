import { setTimeout as pause } from 'node:timers/promises';

/** The result of one request: its status and its duration, in milliseconds. */
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

/** The pause between an answer and the next request, so that the machine also does other work. Milliseconds. */
const breath = 25;

/** Sends all of these at once, and each again soon after its answer, for this time in milliseconds. */
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

/** How long it takes until the condition is true, in milliseconds; it is checked repeatedly, for a minute at most. */
export async function wholeAfter(isWhole: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await isWhole()) && performance.now() - began < 60_000);
  return performance.now() - began;
}

export const longest = (answers: readonly Heard[]): number => Math.max(...answers.map(({ took }) => took));

export const statuses = (answers: readonly Heard[]): readonly number[] => [
  ...new Set(answers.map(({ status }) => status)),
];
