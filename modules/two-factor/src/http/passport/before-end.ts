import type { Response } from 'express';

type End = (...given: unknown[]) => Response;

/**
 * Runs `work` when the answer is complete and not sent yet. express-session stores the session at that moment. Notes of
 * `work` in the session are therefore stored before the client can send another request.
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
