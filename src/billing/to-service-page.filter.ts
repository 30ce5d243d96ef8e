import { type ArgumentsHost, Catch, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemFilter } from '../portal/problem.filter.js';
import { SeeOther } from '../portal/problem.js';

/**
 * The page with the form is not at the address that the form is sent to: whoever must confirm first that it is them comes
 * back to the service's page. What the form sent is not sent again.
 */
@Catch(SeeOther)
@Injectable()
export class ToServicePage extends ProblemFilter {
  override catch(error: SeeOther, host: ArgumentsHost): Promise<void> {
    const { params } = host.switchToHttp().getRequest<Request>();
    const page = `/services/${encodeURIComponent(String(params['id']))}`;
    return super.catch(new SeeOther(leadingBackTo(page, error.to), error.problem), host);
  }
}

/** The same address, where it leads back to anything. */
function leadingBackTo(page: string, to: string): string {
  const [path = '', query] = to.split('?');
  const wanted = new URLSearchParams(query);
  if (!wanted.has('returnTo')) return to;
  wanted.set('returnTo', page);
  return `${path}?${wanted.toString()}`;
}
