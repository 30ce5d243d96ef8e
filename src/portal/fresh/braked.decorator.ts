import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { BrakeGuard, brakeKey } from './brake.guard.js';

/**
 * Refuses this dangerous action of the signed-in person while it has to wait after a change that a thief could have made. `act`: its name.
 * Write it below `@Fresh`: guards run from the bottom, so nobody is asked to confirm in vain. After the confirmation the guard runs again.
 */
export const Braked = (act: string): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(brakeKey, act), UseGuards(BrakeGuard));
