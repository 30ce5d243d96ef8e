import { errorMessage } from '../error-facts.js';
import { ConfigError } from './config-error.js';

/** One function for each setting. It throws a `ConfigError` if its variable cannot be used. */
export type Readers<T> = { readonly [K in keyof T]: () => T[K] };

/** Collects everything that is wrong with the environment, so that the operator can correct it at once. */
export class Faults {
  /** A variable that several settings depend on is named once. */
  private readonly sentences = new Set<string>();

  get areNone(): boolean {
    return this.sentences.size === 0;
  }

  add(sentences: readonly string[]): void {
    for (const each of sentences) this.sentences.add(each);
  }

  /** Reads the settings. A refused one is left out of the result, which may be used only if there are no faults. */
  read<T>(readers: Readers<T>): Partial<T> {
    const values: Partial<T> = {};
    for (const name in readers) this.collect(() => void (values[name] = readers[name]()));
    return values;
  }

  /** @throws ConfigError with one sentence in each line, if there is a fault. */
  refuse(): void {
    if (!this.areNone) throw new ConfigError([...this.sentences].join('\n'));
  }

  private collect(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.sentences.add(errorMessage(error));
    }
  }
}
