import { inspect } from 'node:util';
import type { Factor } from 'nestjs-two-factor';

/** What a factor was given, and on which route. */
export interface Glimpse {
  readonly route: string;
  readonly kind: string;
  readonly method: string;
  readonly given: readonly unknown[];
  /** Everything that can be reached from it, hidden members too. */
  readonly text: string;
}

type Member = (...given: unknown[]) => unknown;

/** Looks over the shoulder of factors: writes down everything that any of their methods is given. */
export class Curiosity {
  readonly glimpses: Glimpse[] = [];
  /** The route that is asked at the moment. */
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

  /** What these methods were given as an answer: their last argument but the memo. */
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
