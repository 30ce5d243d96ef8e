/** The catalogue of refusals: a stable code and its HTTP status. `docs/errors.md` lists exactly these. */
export const problemCodes = {
  INVALID_INPUT: 400,
  INVALID_CREDENTIALS: 401,
  NOT_SIGNED_IN: 401,
  PROOF_REFUSED: 401,
  CHALLENGE_EXPIRED: 401,
  STEP_UP_REQUIRED: 403,
  CROSS_SITE: 403,
  COOLING_DOWN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_MANY_ATTEMPTS: 429,
  UNAVAILABLE: 503,
} as const;

/** A stable code of a refusal. */
export type ProblemCode = keyof typeof problemCodes;

/** A refusal with a stable code (RFC 9457). Every other error is a defect and answers 500. */
export class Problem extends Error {
  /** The HTTP status of the code. */
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    /** Says in English what the client can do. Pages show the translated text of `messageKey`. */
    message: string,
    /** Extra members of the problem document, e.g. `reason`, `retryAfter` (seconds). */
    readonly extra: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Problem';
    this.status = problemCodes[code];
  }
}

/** Stored factor data cannot be trusted: edited, truncated, sealed for another account, or of an unknown kind. */
export class DamagedFactor extends Error {
  override readonly name = 'DamagedFactor';
}

/** Most stored values name keys that the key ring does not have. The message is one sentence for the operator. */
export class MissingKey extends Error {
  override readonly name = 'MissingKey';

  constructor(readonly ids: readonly string[]) {
    const named = ids.map((id) => `"${id}"`).join(' and ');
    super(
      `The key ring has no key ${named}, though it seals what is still kept: put it back, behind the others.`,
    );
  }
}

/**
 * Most stored values name keys of the key ring that do not decrypt them. The message is one sentence for the operator.
 */
export class WrongKey extends Error {
  override readonly name = 'WrongKey';

  constructor(readonly ids: readonly string[]) {
    const named = ids.map((id) => `"${id}"`).join(' and ');
    super(`The key ring has another key ${named} than the one that seals what is kept: put that one back.`);
  }
}

/**
 * Too much costly work is waiting, because hashing is bounded. The answer was not checked; the client can try again. It
 * becomes `UNAVAILABLE`.
 */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** A verifier threw instead of answering: damaged data, a full queue, or a defect. The answer never counts as right. */
export class VerifierFailed extends Error {
  override readonly name = 'VerifierFailed';

  constructor(
    readonly kind: string,
    readonly factorId: string,
    cause: unknown,
  ) {
    super(`The ${kind} factor ${factorId} could not be judged.`, { cause });
  }
}
