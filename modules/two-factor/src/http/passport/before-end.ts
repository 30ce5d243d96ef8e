import type { Response } from 'express';

type End = (...given: unknown[]) => Response;

/**
 * Has `work` done when the answer is complete and before it is sent. express-session stores the session at that moment, so what
 * `work` notes in it is stored too, before the client can ask again.
 */
export function beforeEnd(response: Response | undefined, work: () => void): void {
  if (!response) return;
  const end = response.end.bind(response) as End;
  response.end = ((...given: unknown[]) => {
    response.end = end as Response['end'];
    work();
    return end(...given);
  }) as Response['end'];
}
