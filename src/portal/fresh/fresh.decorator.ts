import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { type FormPlace, FreshGuard, freshKey } from './fresh.guard.js';

/**
 * Only for somebody who confirmed no longer than so many minutes ago that it is them (ASVS 7.5.1). Whoever must confirm first
 * comes back to the page with the form: the route's own address, or `page` where the form is sent elsewhere. What the form
 * sent is not sent again.
 */
export const Fresh = (minutes: number, { page }: FormPlace = {}): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(freshKey, { minutes, page }), UseGuards(FreshGuard));
