import { Injectable } from '@nestjs/common';
import type { StaffAct } from './staff-act.js';

/** The acts of staff on clients. Each act registers itself in `onModuleInit`. */
@Injectable()
export class StaffActRegistry {
  private readonly acts = new Map<string, StaffAct>();

  /** @throws Error when the name is taken, or cannot be a name. */
  register(act: StaffAct): void {
    if (!/^[a-z0-9.-]{1,60}$/.test(act.name)) throw new Error(`"${act.name}" is no name for an act.`);
    if (this.acts.has(act.name)) throw new Error(`There are two acts with the name ${act.name}.`);
    this.acts.set(act.name, act);
  }

  /** All acts, in the order of their registration. */
  all(): readonly StaffAct[] {
    return [...this.acts.values()];
  }

  /** The act with this name; undefined where its module is not installed. */
  find(name: string): StaffAct | undefined {
    return this.acts.get(name);
  }
}
