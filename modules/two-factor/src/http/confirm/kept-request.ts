import type { Request, Response } from 'express';
import type { KeptRequest } from '../../core/step-up/confirmations.js';
import { hiddenFieldsOf, withoutFields } from '../request/hidden-fields.js';
import { prefersJson } from '../response/responder.js';

/**
 * What a browser sent, to be carried out after a step-up. Null for programs, which send their request again, and for
 * bodies that are no form. `hidden`: the names of the host's hidden fields, which change with the session.
 */
export function keptRequestOf(request: Request, hidden: readonly string[]): KeptRequest | null {
  if (prefersJson(request)) return null;
  const { originalUrl: url } = request;
  if (isReading(request)) return { method: 'GET', url, body: {} };
  // False: there is a body of another type. Null: a button sent none.
  if (request.is('urlencoded') === false) return null;
  return { method: request.method, url, body: withoutFields(request.body, hidden) };
}

/** Whether the request only asks for a page. */
export function isReading({ method }: Pick<KeptRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Carries out a kept request in place of the request that confirmed it: it passes through the whole application, with
 * every guard, and its answer is the answer. The host's hidden fields are those of the confirmation, which were just
 * checked; no other mark says that the request was kept, so none can be forged. Resolves when the answer is sent.
 */
export async function carryOut(request: Request, response: Response, kept: KeptRequest): Promise<void> {
  const { app, baseUrl } = request;
  const { method, url: originalUrl } = kept;
  // The application may be mounted below an address of another one.
  const url = originalUrl.startsWith(baseUrl) ? originalUrl.slice(baseUrl.length) : originalUrl;
  const body = { ...kept.body, ...hiddenFieldsOf(request) };
  Object.assign(request, { method, url, originalUrl, body });
  const closed = new Promise((done) => response.once('close', done));
  void app(request, response);
  await closed;
}
