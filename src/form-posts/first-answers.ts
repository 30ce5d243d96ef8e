import type { SentAnswer } from './answer.js';

/** One post of a form. */
export interface FormPost {
  /** The same for equal posts. */
  readonly id: string;
  /** An HMAC of the form token: the same for all posts of one session or visitor. */
  readonly tokenHash: string;
  /** UTC ms. */
  readonly begunAt: number;
}

/** An answer, and the browser that it may be sent to. */
export interface FirstAnswer {
  readonly answer: SentAnswer;
  /** Hashes of the session cookies that the browser may send: the one of the first post, and the one of its answer. */
  readonly browsers: readonly string[];
}

/** `first`: no equal post began a moment ago. `waiting`: one did, and has no answer yet. */
export type Turn = 'first' | 'waiting' | FirstAnswer;

/** How much later an equal post may begin and still count as a double click, in milliseconds. */
const moment = 5_000;

/** The answers to the posts of the last moments. */
export interface FirstAnswers {
  /** Enters the post, unless an equal one is there. */
  enter(post: FormPost): Promise<Turn>;
  /** The same without entering it: null where no equal one is there. */
  look(post: FormPost): Promise<Turn | null>;
  /** Stores the answer of a post that was entered first. The answers to earlier posts with its form token are forgotten. */
  keep(post: FormPost, first: FirstAnswer): Promise<void>;
  /** Removes a post: an equal one is judged by itself. */
  forget(post: FormPost): Promise<void>;
}

/** How long a first post may run before an equal one no longer waits for it, in milliseconds. */
const longestRun = 15_000;

/** Returns whether an equal post that begins now belongs to the first one. While that one runs, more time may have passed. */
export function isDoubleClick(
  first: { readonly begunAt: number; readonly runs: boolean },
  now: number,
): boolean {
  return Math.abs(now - first.begunAt) <= (first.runs ? longestRun : moment);
}
