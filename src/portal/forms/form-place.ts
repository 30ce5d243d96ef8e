import type { Request } from 'express';

/** Where the form of a route is. */
export interface FormPlace {
  /** Its page, with the route's own parameters, e.g. `/services/:id`; left out: the address that the form is sent to. */
  readonly page?: string | undefined;
}

/** The address of the page with the form that sends, or would send, this request. */
export function formAddress({ originalUrl, params }: Request, { page }: FormPlace): string {
  if (page === undefined) return originalUrl;
  return page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}
