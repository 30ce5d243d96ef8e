import type {
  Factor,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  RecoveryBehaviour,
  RecoveryFactor,
} from './factor.js';

/** Where a kind does not say: two phones and a tablet, or a few colleagues; more would only help whoever guesses. */
const MOST = 5;

/** How many factors of this kind an account may have. */
export function mostOf({ many, most = MOST }: Pick<PrimaryFactor, 'many' | 'most'>): number {
  return many ? most : 1;
}

/** A primary kind, made and ready. */
export interface PrimaryKind {
  readonly role: 'primary';
  readonly card: PrimaryFactor;
  readonly act: PrimaryBehaviour;
}

/** A recovery kind, made and ready. */
export interface RecoveryKind {
  readonly role: 'recovery';
  readonly card: RecoveryFactor;
  readonly act: RecoveryBehaviour;
}

export type Kind = PrimaryKind | RecoveryKind;

/** The kinds this host runs with, in the order it listed them. */
export class FactorRegistry {
  private readonly kinds: ReadonlyMap<string, Kind>;

  constructor(factors: readonly Factor[], tools: FactorTools) {
    this.kinds = new Map(factors.map((factor) => [factor.kind, ready(factor, tools)]));
  }

  all(): readonly Kind[] {
    return [...this.kinds.values()];
  }

  find(kind: string): Kind | undefined {
    return this.kinds.get(kind);
  }

  primary(kind: string): PrimaryKind | undefined {
    const found = this.kinds.get(kind);
    return found?.role === 'primary' ? found : undefined;
  }

  recovery(kind: string): RecoveryKind | undefined {
    const found = this.kinds.get(kind);
    return found?.role === 'recovery' ? found : undefined;
  }

  primaries(): readonly PrimaryKind[] {
    return this.all().filter((kind) => kind.role === 'primary');
  }

  /** The primary kinds of which an account with these factors may have one more. */
  addable(factors: readonly { readonly kind: string }[]): readonly PrimaryKind[] {
    const count = (wanted: string) => factors.filter(({ kind }) => kind === wanted).length;
    return this.primaries().filter(({ card }) => count(card.kind) < mostOf(card));
  }

  recoveries(): readonly RecoveryKind[] {
    return this.all().filter((kind) => kind.role === 'recovery');
  }
}

function ready(factor: Factor, tools: FactorTools): Kind {
  return factor.role === 'primary'
    ? { role: 'primary', card: factor, act: factor.create(tools) }
    : { role: 'recovery', card: factor, act: factor.create(tools) };
}
