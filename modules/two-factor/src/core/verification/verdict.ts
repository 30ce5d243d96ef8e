import type { EnrollmentVerdict, FactorData, Verdict } from '../contracts/factor.js';

/** How long a verifier may take, in milliseconds: longer than any queue of ours lets somebody wait. */
export const TIMEOUT = 15_000;

/** What `ask` says about an answer to a challenge. @throws Error when it fails, takes too long or says anything else. */
export function verdictOf(ask: () => Promise<Verdict>): Promise<Verdict> {
  return callFactor(ask, isVerdict);
}

/** What `ask` says about the proof of an enrolment. @throws Error like `verdictOf`. */
export function enrollmentVerdictOf(ask: () => Promise<EnrollmentVerdict>): Promise<EnrollmentVerdict> {
  return callFactor(ask, isEnrolled);
}

/**
 * A verifier's word is taken only as it is written down in its contract: whatever else is truthy lets nobody in (a promise,
 * a library's result object), and one that never answers keeps nobody waiting. ASVS 5.0 16.5.3.
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
