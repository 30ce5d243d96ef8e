import { PortalProblem, type ProblemCode, type ProblemExtra } from '../../portal/problems/problem.js';

/** What a refusal says besides its sentence. */
interface RefusalFacts {
  /** The client, for the way back from the page. */
  readonly clientId?: string;
  /** Message key of the sentence on the page. Default: `staff-acts.refused.<reason>`. */
  readonly key?: string;
  /** Further members of the problem document. */
  readonly extra?: ProblemExtra;
}

/** A refused act of staff. Programs get its reason as one stable word, and people get a sentence with the way back. */
export class ActRefused extends PortalProblem {
  constructor(
    code: ProblemCode,
    /** One stable word, the member `reason` of the problem document. */
    readonly reason: string,
    /** The advice in English for JSON clients. */
    sentence: string,
    { clientId, key = `staff-acts.refused.${reason}`, extra = {} }: RefusalFacts = {},
  ) {
    super(code, sentence, { ...extra, reason }, { view: 'staff/act-refused', model: { key, clientId } });
  }
}

/** The refusal of what a suspended account could not use. */
export function whileSuspended(clientId: string): ActRefused {
  return new ActRefused('CONFLICT', 'suspended', 'This account is suspended. Reopen it first.', { clientId });
}
