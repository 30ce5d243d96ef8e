import type { Type } from '@nestjs/common';
import { doorOfClass, type Door } from './marks.js';

/** The host's own decorators, by door. */
export type Decorations = Readonly<Partial<Record<Door, readonly ClassDecorator[]>>>;

/** A subclass of a controller, made for this call, with the host's decorators on it: the original stays as it is. */
export function decorated(controller: Type, decorations: Decorations): Type {
  const door = doorOfClass(controller);
  class Fitted extends controller {}
  Object.defineProperty(Fitted, 'name', { value: controller.name });
  for (const decorate of (door && decorations[door]) ?? []) decorate(Fitted);
  return Fitted;
}
