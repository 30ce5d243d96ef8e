import assert from 'node:assert/strict';
import type { Stores } from '../../core/contracts/stores/stores.js';

/** The stores under test. They may be new or shared, since every test creates its own accounts. */
export type MakeStores = () => Stores | Promise<Stores>;

/** A part of the contract: each requirement in words, with its test. */
export type ContractRules = Readonly<Record<string, (stores: Stores) => Promise<void>>>;

/** Runs `work` 50 times at the same time, and returns all results. */
export function simultaneously<T>(work: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 50 }, (_, i) => work(i)));
}

/** The number of results that are true. */
export function yes(answers: readonly boolean[]): number {
  return answers.filter(Boolean).length;
}

/**
 * Asserts that both are equal after JSON conversion. Jest runs tests in their own realm. A driver's lists come from outside of
 * it, and a strict comparison would see another type.
 */
export function same(actual: unknown, expected: unknown): void {
  assert.deepEqual(plain(actual), plain(expected));
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify([value]));
}
