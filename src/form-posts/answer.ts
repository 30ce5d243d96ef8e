import type { Response } from 'express';

/** The answer to a form, as it can be sent again. */
export interface SentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** The headers that belong to the answer. All others belong to one request, such as its id. */
const repeated = ['location', 'content-type', 'cache-control', 'vary', 'set-cookie'];

/**
 * Calls `before` with the complete answer, and sends it when the promise is settled. The headers are complete only here:
 * express-session adds its cookie when they are written.
 */
export function beforeSending(response: Response, before: (answer: SentAnswer) => Promise<unknown>): void {
  const end = response.end.bind(response) as (...rest: unknown[]) => Response;
  response.end = (...rest: unknown[]) => {
    response.end = end as Response['end'];
    if (!response.headersSent) response.writeHead(response.statusCode);
    void before(answerOf(response, rest[0])).finally(() => end(...rest));
    return response;
  };
}

function answerOf(response: Response, body: unknown): SentAnswer {
  const present = repeated.flatMap((name) => {
    const value = response.getHeader(name);
    return value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value] as const];
  });
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
  return { status: response.statusCode, headers: Object.fromEntries(present), body: text };
}

/** Sends an answer once more. */
export function sendAgain(response: Response, { status, headers, body }: SentAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.status(status).end(body);
}

/**
 * Returns whether the answer says that the post was carried out. A redirect to the step-up, or to the sign-in, says
 * that nothing has happened.
 * `stepUp`: an address of the step-up; undefined where no module offers one.
 */
export function isCarriedOut({ status, headers }: SentAnswer, stepUp: string | undefined): boolean {
  if (status >= 400) return false;
  const [page = '', query = ''] = String(headers['location'] ?? '').split('?');
  const isSentAway = page === '/login' && !query.includes('done=');
  return !isSentAway && page !== stepUp;
}
