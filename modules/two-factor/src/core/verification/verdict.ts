import type { EnrollmentVerdict, FactorData, Verdict } from '../contracts/factor.js';

/** The time limit of a verifier, in milliseconds; longer than the longest wait in a queue. */
export const TIMEOUT = 15_000;

/**
 * Returns the verdict of `ask` about an answer to a challenge.
 * @throws Error when it throws, takes too long or returns another value.
 */
export function verdictOf(ask: () => Promise<Verdict>): Promise<Verdict> {
  return callFactor(ask, isVerdict);
}

/**
 * Returns the verdict of `ask` about the proof of an enrollment.
 * @throws Error like `verdictOf`.
 */
export function enrollmentVerdictOf(ask: () => Promise<EnrollmentVerdict>): Promise<EnrollmentVerdict> {
  return callFactor(ask, isEnrolled);
}

/**
 * Accepts only the results that the contract of a verifier lists. Other truthy values, e.g. a promise or a library's
 * result object, never count as right. A verifier that does not answer times out. ASVS 5.0 16.5.3.
 */
async function callFactor<Word>(ask: () => Promise<Word>, isWord: (word: unknown) => boolean): Promise<Word> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('The verifier did not answer in time.')), TIMEOUT);
  });
  try {
    const word = await Promise.race([ask(), late]);
    if (!isWord(word)) throw new TypeError('The verifier said something that is no verdict.');
    return word;
  } finally {
    clearTimeout(timer);
  }
}

function isVerdict(word: unknown): boolean {
  return (
    isRefusal(word, ['wrong', 'used', 'copied', 'malformed']) || (isYes(word) && isDataOrNone(word.data))
  );
}

function isEnrolled(word: unknown): boolean {
  return isRefusal(word, ['wrong', 'used', 'malformed']) || (isYes(word) && isPlain(word.data));
}

function isYes(word: unknown): word is { ok: true; data?: unknown } {
  return isPlain(word) && word['ok'] === true;
}

function isRefusal(word: unknown, reasons: readonly string[]): boolean {
  if (!isPlain(word) || word['ok'] !== false) return false;
  return reasons.includes(String(word['reason'])) && isDataOrNone(word['hint']);
}

function isDataOrNone(value: unknown): boolean {
  return value === undefined || isPlain(value);
}

function isPlain(value: unknown): value is FactorData {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
}
