import { applyDecorators, UseGuards } from '@nestjs/common';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { OwnFactorGuard } from './own-factor.guard.js';
import { actMinutes } from './staff-acts.js';

/** Something that staff do for others: with a factor of their own, freshly confirmed. Who lacks one is not sent to confirm. */
export const Act = (): MethodDecorator => applyDecorators(UseGuards(OwnFactorGuard), Fresh(actMinutes));
