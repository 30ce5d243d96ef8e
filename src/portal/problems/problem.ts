/** The portal's refusals: stable code → HTTP status (RFC 9457). */
export const problemCodes = {
  INVALID_INPUT: 400,
  INVALID_CREDENTIALS: 401,
  INVALID_TOKEN: 401,
  NOT_SIGNED_IN: 401,
  CHALLENGE_EXPIRED: 401,
  STEP_UP_REQUIRED: 403,
  CROSS_SITE: 403,
  COOLING_DOWN: 403,
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPE: 403,
  APPROVAL_REFUSED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** Members of a problem document besides the standard ones; `retryAfter` (seconds) also becomes the header. */
export type ProblemExtra = Readonly<Record<string, unknown>>;

/** The page that shows a problem instead of the general one: usually the form again, without its secrets. */
export interface ProblemPage {
  readonly view: string;
  readonly model: Readonly<Record<string, unknown>>;
}

/** A refusal with a stable code. */
export class PortalProblem extends Error {
  override readonly name = 'PortalProblem';
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    /** The advice in English for JSON clients; pages show the text of the message key `problem.<code>`. */
    message: string,
    readonly extra: ProblemExtra = {},
    readonly page?: ProblemPage,
  ) {
    super(message);
    this.status = problemCodes[code];
  }
}

/** The content is on another page: 303 for people, the problem for JSON clients. */
export class SeeOther extends Error {
  override readonly name = 'SeeOther';

  constructor(
    readonly to: string,
    readonly problem: PortalProblem,
  ) {
    super(problem.message);
  }
}
