import { MemoryStores } from '../testing/memory.stores.js';
import { House } from './house.fixture.js';
import type { EventStore } from './stores/event.store.js';
import type { FactorStore } from './stores/factor.store.js';
import { Stores } from './stores/stores.js';

/** Stores that fail when a test says so; what fails is rolled back, as databases do. */
export class BrittleStores extends Stores {
  /** How many compare-and-sets on a factor are lost from now on. */
  losses = 0;
  /** No event can be written. */
  isMute = false;
  /** Runs before each unit commits. */
  beforeCommit: () => void = () => undefined;
  /** Runs once, before the next unit begins. */
  beforeUnit: (() => Promise<unknown>) | undefined;
  readonly factors = this.memory.factors;
  readonly tokens = this.memory.tokens;
  readonly held = this.memory.held;
  readonly attempts = this.memory.attempts;
  readonly events = this.memory.events;
  readonly sealed = this.memory.sealed;

  constructor(private readonly memory: MemoryStores) {
    super();
  }

  async together<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const meanwhile = this.beforeUnit;
    this.beforeUnit = undefined;
    await meanwhile?.();
    return this.memory.together(async (unit) => {
      const result = await work(this.brittle(unit));
      this.beforeCommit();
      return result;
    });
  }

  private brittle(unit: Stores): Stores {
    const update: FactorStore['update'] = async (factor, change) => {
      this.losses -= 1;
      return this.losses < 0 ? unit.factors.update(factor, change) : false;
    };
    const record: EventStore['record'] = async (events, claimedUntil) => {
      if (this.isMute) throw new Error('The events cannot be written.');
      return unit.events.record(events, claimedUntil);
    };
    const factors = { value: Object.create(unit.factors, { update: { value: update } }) };
    const events = { value: Object.create(unit.events, { record: { value: record } }) };
    return Object.create(unit, { factors, events }) as Stores;
  }
}

/** A house over brittle stores. */
export function brittleHouse(): { house: House; stores: BrittleStores } {
  const stores = new BrittleStores(new MemoryStores());
  return { house: new House({ stores }), stores };
}
