import type { Type } from '@nestjs/common';
import { accessOfClass, type Access } from './access.js';

/** The host's own decorators, by access level. */
export type Decorations = Readonly<Partial<Record<Access, readonly ClassDecorator[]>>>;

/** A new subclass of a controller with the host's decorators; the original stays unchanged. */
export function decorated(controller: Type, decorations: Decorations): Type {
  const door = accessOfClass(controller);
  class Fitted extends controller {}
  Object.defineProperty(Fitted, 'name', { value: controller.name });
  for (const decorate of (door && decorations[door]) ?? []) decorate(Fitted);
  return Fitted;
}
