import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { TokenApprovalGuard } from '../../api-tokens/approvals/token-approval.guard.js';
import { FreshGuard, freshKey } from './fresh.guard.js';
import type { NamedAct } from './act-titles.js';

/**
 * Requires a step-up for this action no older than this number of minutes (ASVS 7.5.1). What was posted is kept, and carried out
 * after the step-up. Without a module that offers one, the person signs in again and returns to the page with the form: the
 * route's own address, or `page` if the form is sent elsewhere. A program with a token cannot confirm: it needs an approval of the owner.
 */
export const Fresh = (minutes: number, act: NamedAct): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(freshKey, { ...act, minutes }), UseGuards(TokenApprovalGuard, FreshGuard));
