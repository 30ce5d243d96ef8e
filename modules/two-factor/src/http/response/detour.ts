import { Problem, type ProblemCode } from '../../core/common/errors.js';

/** A refusal that people are sent on from: a page leads to `to` (303), JSON gets the problem. */
export class Detour extends Problem {
  constructor(
    code: ProblemCode,
    message: string,
    readonly to: string,
  ) {
    super(code, message);
  }
}
