import { Problem, type ProblemCode } from '../../core/common/errors.js';

/** A refusal with a redirect: people go to `to` (303), JSON clients get the problem. */
export class RedirectProblem extends Problem {
  constructor(
    code: ProblemCode,
    message: string,
    readonly to: string,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, message, extra);
  }
}
