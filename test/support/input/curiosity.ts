import { inspect } from 'node:util';
import type { Factor } from 'nestjs-two-factor';

/** The arguments of a factor, and the route that passed them. */
export interface Glimpse {
  readonly route: string;
  readonly kind: string;
  readonly method: string;
  readonly given: readonly unknown[];
  /** All values that can be reached from it, including hidden members. */
  readonly text: string;
}

type Member = (...given: unknown[]) => unknown;

/** Watches factors: records every argument of their methods. */
export class Curiosity {
  readonly glimpses: Glimpse[] = [];
  /** The current route. */
  route = 'none';

  /** The same factor, watched. */
  over<Kind extends Factor>(factor: Kind): Kind {
    const { kind } = factor;
    return {
      ...factor,
      matches: (text: string) => {
        this.note(kind, 'matches', [text]);
        return factor.matches(text);
      },
      create: (tools: Parameters<Kind['create']>[0]) => this.watched(kind, '', factor.create(tools)),
    };
  }

  /** The answers that these methods got: their last argument except the challenge state. */
  of(method: string): Glimpse[] {
    return this.glimpses.filter((each) => each.method === method);
  }

  private watched<Part extends object>(kind: string, path: string, part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        const method = `${path}${String(name)}`;
        if (typeof member === 'function')
          return (...given: unknown[]): unknown => {
            this.note(kind, method, given);
            return (member as Member).apply(target, given);
          };
        return typeof member === 'object' && member !== null
          ? this.watched(kind, `${method}.`, member)
          : member;
      },
    });
  }

  private note(kind: string, method: string, given: readonly unknown[]): void {
    const text = inspect(given, { depth: Infinity, showHidden: true, maxStringLength: Infinity });
    this.glimpses.push({ route: this.route, kind, method, given, text });
  }
}
