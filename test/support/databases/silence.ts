import { setTimeout as pause } from 'node:timers/promises';
import { requests } from '../../../src/database/connection/waits.js';

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

/** Half of the answers of a process that waits for nothing take less, on a busy machine too. Milliseconds. */
const prompt = 100;
/** The least time of a request that waits for a silent database, in milliseconds. */
const waiting = Math.min(requests.answer, requests.connection);

/**
 * The signs that some of these answers waited for the silent database; none where the process goes on as ever. A busy machine makes single
 * answers slow. Therefore the slowest may take less than a wait for the database, and half of them must be prompt.
 */
export function signsOfWaiting(answers: readonly Heard[]): string[] {
  const [half, slowest] = [median(answers), longest(answers)];
  return [
    ...(half < prompt ? [] : [`half of them took ${ms(half)} or more`]),
    ...(slowest < waiting ? [] : [`one took ${ms(slowest)}`]),
  ];
}

/** Prints the figures of the table in docs/security.md, where a length of the silence was asked for. */
export function prints(
  what: string,
  { answers, signs, whole }: { answers: readonly Heard[]; signs: readonly Heard[]; whole: number },
): void {
  if (!process.env['SILENCE_SECONDS']) return;
  const said = [
    `${answers.length} answers ${statuses(answers).join()}, median ${ms(median(answers))}, slowest ${ms(longest(answers))}`,
    `whole after ${ms(whole)}`,
    `/healthz median ${ms(median(signs))}, slowest ${ms(longest(signs))}`,
  ];
  process.stderr.write(`silence, ${what}: ${said.join('; ')}\n`);
}

const ms = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;

function median(answers: readonly Heard[]): number {
  const took = answers.map((answer) => answer.took).sort((one, other) => one - other);
  return took[Math.floor(took.length / 2)] ?? Infinity;
}

export const statuses = (answers: readonly Heard[]): readonly number[] => [
  ...new Set(answers.map(({ status }) => status)),
];
