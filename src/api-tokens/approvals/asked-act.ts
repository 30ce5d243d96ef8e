import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { PortalProblem } from '../../portal/problems/problem.js';
import type { ActTitle } from '../../portal/fresh/act-titles.js';

/** The longest body of an act that can be approved, in characters of JSON. A page must be able to show all of it. */
const longestBody = 4000;

/** A dangerous act, as a token asked for it and as the owner reads it. */
export interface AskedAct {
  /** The stable name. */
  readonly act: string;
  readonly binding: string;
  readonly description: ActDescription;
}

/** What the owner is asked to approve. */
export interface ActDescription {
  readonly title: ActTitle;
  /** The fields of the body as they were sent. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The act of this request. Its binding covers everything that decides on the result: the act, the address with its query, and the body. The order
 * of the members of the body does not matter.
 * @throws PortalProblem INVALID_INPUT when the body is too long to be shown.
 */
export function askedAct(request: Request, act: string, title: ActTitle): AskedAct {
  const body = canonical(request.body ?? {});
  if (body.length > longestBody)
    throw new PortalProblem('INVALID_INPUT', 'The body is too long for an act that needs an approval.');
  const bound = JSON.stringify([act, request.method, request.originalUrl, body]);
  const binding = createHash('sha256').update(bound).digest('hex');
  return { act, binding, description: { title, fields: fieldsOf(request.body) } };
}

function fieldsOf(body: unknown): ActDescription['fields'] {
  return Object.entries((body ?? {}) as Record<string, unknown>).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : canonical(value),
  }));
}

/** JSON with the members of each object in the order of their names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
