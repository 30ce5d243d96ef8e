import assert from 'node:assert/strict';
import type { Stores } from '../../core/contracts/stores/stores.js';

/** The stores under test: made anew, or shared, since every test makes its own accounts. */
export type MakeStores = () => Stores | Promise<Stores>;

/** A part of the contract: what must hold, in words, and the test of it. */
export type Rules = Readonly<Record<string, (stores: Stores) => Promise<void>>>;

/** Runs `work` 50 times at the same moment, and answers what came of each. */
export function simultaneously<T>(work: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 50 }, (_, i) => work(i)));
}

/** How many of the answers were yes. */
export function yes(answers: readonly boolean[]): number {
  return answers.filter(Boolean).length;
}

/**
 * Asserts that both are the same, seen through JSON: Jest runs tests in a realm of their own, and a driver's lists come
 * from outside of it, which a strict comparison takes for another type.
 */
export function same(actual: unknown, expected: unknown): void {
  assert.deepEqual(plain(actual), plain(expected));
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify([value]));
}
