import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { FreshGuard, freshKey } from './fresh.guard.js';

/** Only for somebody who confirmed no longer than so many minutes ago that it is them (ASVS 7.5.1). */
export const Fresh = (minutes: number): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(freshKey, minutes), UseGuards(FreshGuard));
