import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { type FormPlace, FreshGuard, freshKey } from './fresh.guard.js';

/**
 * Requires a step-up no older than this number of minutes (ASVS 7.5.1). After the step-up the person returns to the page with
 * the form: the route's own address, or `page` if the form is sent elsewhere. The submitted form is not sent again.
 */
export const Fresh = (minutes: number, { page }: FormPlace = {}): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(freshKey, { minutes, page }), UseGuards(FreshGuard));
