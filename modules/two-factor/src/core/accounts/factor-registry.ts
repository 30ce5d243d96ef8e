import type { Account } from '../common/account.js';
import type {
  Factor,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  RecoveryBehaviour,
  RecoveryFactor,
} from '../contracts/factor.js';
import {
  ownInput,
  proofFilter,
  type FieldsOf,
  type OwnInput,
  type ProofFilter,
} from '../contracts/proof-filter.js';

/** Where a kind does not say: two phones and a tablet, or a few colleagues; more would only help whoever guesses. */
const MOST = 5;

/** How many factors of this kind an account may have. */
export function mostOf({
  multiple: many,
  max: most = MOST,
}: Pick<PrimaryFactor, 'multiple' | 'max'>): number {
  return many ? most : 1;
}

type Holder = Pick<Account, 'staff'>;
type OfKind = { readonly kind: string };

/** A primary kind, made and ready. */
export interface PrimaryKind {
  readonly role: 'primary';
  readonly definition: PrimaryFactor;
  readonly behaviour: PrimaryBehaviour;
  readonly own: ProofFilter;
  readonly ownInput: OwnInput;
}

/** A recovery kind, made and ready. */
export interface RecoveryKind {
  readonly role: 'recovery';
  readonly definition: RecoveryFactor;
  readonly behaviour: RecoveryBehaviour;
  readonly own: ProofFilter;
}

export type Kind = PrimaryKind | RecoveryKind;

/** The kinds this host runs with, in the order it listed them. */
export class FactorRegistry {
  private readonly kinds: ReadonlyMap<string, Kind>;

  /** `disabled`: kinds that are known and serve nobody any more. */
  constructor(
    factors: readonly Factor[],
    fieldsOf: FieldsOf,
    private readonly tools: FactorTools,
    private readonly disabled: readonly string[] = [],
  ) {
    this.kinds = new Map(factors.map((factor) => [factor.kind, ready(factor, fieldsOf, tools)]));
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

  primaryKinds(): readonly PrimaryKind[] {
    return this.all().filter((kind) => kind.role === 'primary');
  }

  /** May this person set this kind up, and answer with it? A factor that does not serve its owner protects, and opens nothing. */
  serves({ definition }: Kind, { staff }: Holder): boolean {
    if (this.disabled.includes(definition.kind)) return false;
    const { allowStaff = true, allowedInStrict = true } = definition;
    return (allowStaff || !staff) && (allowedInStrict || !this.tools.strict);
  }

  /** The primary kinds that this person may set up. */
  offered(account: Holder): readonly PrimaryKind[] {
    return this.primaryKinds().filter((kind) => this.serves(kind, account));
  }

  /** Those of which this person, with these factors, may have one more. */
  addable(account: Holder, factors: readonly OfKind[]): readonly PrimaryKind[] {
    const count = (wanted: string) => factors.filter(({ kind }) => kind === wanted).length;
    return this.offered(account).filter(({ definition }) => count(definition.kind) < mostOf(definition));
  }

  /** Those of these factors that their owner can answer with. */
  usable<Own extends OfKind>(account: Holder, factors: readonly Own[]): readonly Own[] {
    return factors.filter(({ kind }) => {
      const known = this.kinds.get(kind);
      return known !== undefined && this.serves(known, account);
    });
  }

  /**
   * Does reading this medium, e.g. `mail` or `phone`, bring one of these factors to its reader? Also of a kind that does not serve
   * them now: it may again.
   */
  reachedBy(medium: string, factors: readonly OfKind[]): boolean {
    return factors.some(({ kind }) =>
      this.primary(kind)?.behaviour.delivery?.channel.readableBy.includes(medium),
    );
  }

  recoveryKinds(): readonly RecoveryKind[] {
    return this.all().filter((kind) => kind.role === 'recovery');
  }
}

function ready(factor: Factor, fieldsOf: FieldsOf, tools: FactorTools): Kind {
  const own = proofFilter(fieldsOf(factor.form));
  if (factor.role === 'recovery')
    return { role: 'recovery', definition: factor, behaviour: factor.create(tools), own };
  const inputFields = factor.setUpForm ? fieldsOf(factor.setUpForm) : [];
  return {
    role: 'primary',
    definition: factor,
    behaviour: factor.create(tools),
    own,
    ownInput: ownInput(inputFields),
  };
}
