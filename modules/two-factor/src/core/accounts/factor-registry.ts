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

/**
 * The default for kinds that set no maximum: two phones and a tablet, or a few colleagues. More factors make guessing
 * easier.
 */
const MOST = 5;

/** The maximum number of factors of this kind in one account. */
export function mostOf({
  multiple: many,
  max: most = MOST,
}: Pick<PrimaryFactor, 'multiple' | 'max'>): number {
  return many ? most : 1;
}

type Holder = Pick<Account, 'staff'>;
type OfKind = { readonly kind: string };

/** A primary kind and its behaviour. */
export interface PrimaryKind {
  readonly role: 'primary';
  readonly definition: PrimaryFactor;
  readonly behaviour: PrimaryBehaviour;
  readonly own: ProofFilter;
  readonly ownInput: OwnInput;
}

/** A recovery kind and its behaviour. */
export interface RecoveryKind {
  readonly role: 'recovery';
  readonly definition: RecoveryFactor;
  readonly behaviour: RecoveryBehaviour;
  readonly own: ProofFilter;
}

/** A recovery kind whose codes staff hand out. */
export type HandedOutKind = RecoveryKind & { readonly definition: { readonly handedOut: true } };

export type Kind = PrimaryKind | RecoveryKind;

/** The kinds of this host, in the order of its list. */
export class FactorRegistry {
  private readonly kinds: ReadonlyMap<string, Kind>;

  /** `disabled`: kinds that are known and can no longer be used. */
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

  /** A recovery kind whose sets belong to their owners. */
  recovery(kind: string): RecoveryKind | undefined {
    const found = this.kinds.get(kind);
    return found?.role === 'recovery' && !found.definition.handedOut ? found : undefined;
  }

  /** The kind whose codes staff hand out for one sign-in; undefined where the host has none. */
  handedOut(): HandedOutKind | undefined {
    return this.all().find(isHandedOut);
  }

  primaryKinds(): readonly PrimaryKind[] {
    return this.all().filter((kind) => kind.role === 'primary');
  }

  /**
   * Whether this person may set this kind up and answer with it. A factor that its owner cannot use still protects the
   * account.
   */
  serves({ definition }: Kind, { staff }: Holder): boolean {
    if (this.disabled.includes(definition.kind)) return false;
    const { allowStaff = true, allowedInStrict = true } = definition;
    return (allowStaff || !staff) && (allowedInStrict || !this.tools.strict);
  }

  /** The primary kinds that this person may set up. */
  offered(account: Holder): readonly PrimaryKind[] {
    return this.primaryKinds().filter((kind) => this.serves(kind, account));
  }

  /** The primary kinds of which this person may add one more factor. */
  addable(account: Holder, factors: readonly OfKind[]): readonly PrimaryKind[] {
    const count = (wanted: string) => factors.filter(({ kind }) => kind === wanted).length;
    return this.offered(account).filter(({ definition }) => count(definition.kind) < mostOf(definition));
  }

  /** The factors that their owner can answer with. */
  usable<Own extends OfKind>(account: Holder, factors: readonly Own[]): readonly Own[] {
    return factors.filter(({ kind }) => {
      const known = this.kinds.get(kind);
      return known !== undefined && this.serves(known, account);
    });
  }

  /**
   * Whether a person who reads this medium, e.g. `mail` or `phone`, gets one of these factors. Kinds that cannot be
   * used now count too, because the host may enable them again.
   */
  reachedBy(medium: string, factors: readonly OfKind[]): boolean {
    return factors.some(({ kind }) =>
      this.primary(kind)?.behaviour.delivery?.channel.readableBy.includes(medium),
    );
  }

  recoveryKinds(): readonly RecoveryKind[] {
    return this.all()
      .filter((kind) => kind.role === 'recovery')
      .filter((kind) => !isHandedOut(kind));
  }
}

/** Whether staff hand out the codes of this kind, one at a time. No account has a factor of it. */
export function isHandedOut(kind: Kind): kind is HandedOutKind {
  return kind.role === 'recovery' && kind.definition.handedOut === true;
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
