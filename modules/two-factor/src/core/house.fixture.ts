import { FixedClock } from '../testing/fixed-clock.js';
import { MemoryStores } from '../testing/memory.stores.js';
import { RecordingSink } from '../testing/recording-sink.js';
import { Acceptance } from './acceptance.js';
import { AccountLife } from './account-life.js';
import { Admission } from './admission.js';
import { AfterEffects } from './after-effects.js';
import { Attempts } from './attempts.js';
import { Challenge } from './challenge.js';
import { Courier } from './courier.js';
import { Deliveries } from './deliveries.js';
import { Devices } from './devices.js';
import { Drafts } from './drafts.js';
import { Enrolments } from './enrolment.js';
import type { TwoFactorEvent } from './events.js';
import type { Factor } from './factor.js';
import { FactorRegistry } from './factor-registry.js';
import { FactorSets } from './factor-sets.js';
import { Freshness } from './freshness.js';
import { HandOver } from './hand-over.js';
import { HeldLogins } from './held-logins.js';
import { Invitations } from './invitations.js';
import { Judge } from './judge.js';
import { Numbers, Words } from './kinds.fixture.js';
import { KeyFit } from './key-fit.js';
import { Keys } from './keys.js';
import type { FieldsOf } from './own-proof.js';
import { Overview } from './overview.js';
import { Passwordless } from './passwordless.js';
import { Passwords } from './passwords.js';
import { Policy, type PasswordlessPolicy, type Requirement } from './policy.js';
import { Directory, GlassBox, Letterbox, Sessions } from './ports.fixture.js';
import type { SecretBox } from './ports/secret-box.js';
import { ProtectionFlags } from './protection-flags.js';
import { Prover } from './prover.js';
import { Questions } from './questions.js';
import { Refusals } from './refusals.js';
import { Removal } from './removal.js';
import { Renaming } from './renaming.js';
import { Renewal } from './renewal.js';
import { Resealing } from './resealing.js';
import { Settlement } from './settlement.js';
import { Strangers } from './strangers.js';
import { SendingLimits } from './sending-limits.js';
import type { SkipRule } from './skip-rule.js';
import { Standings } from './standing.js';
import { StepUp } from './step-up.js';
import { StepUps } from './step-ups.js';
import type { Stores } from './stores/stores.js';
import { Troubles } from './troubles.js';
import { Units } from './units.js';
import { Vault } from './vault.js';

/** What a test may bring of its own. */
export interface Furniture {
  readonly require?: Requirement;
  readonly factors?: readonly Factor[];
  readonly fieldsOf?: FieldsOf;
  readonly skips?: readonly SkipRule[];
  readonly passwordless?: PasswordlessPolicy;
  readonly box?: SecretBox;
  readonly stores?: Stores;
  readonly strict?: boolean;
  readonly retired?: readonly string[];
}

/** All rules of the module over stores in memory, put together by hand. */
export class House {
  readonly clock = new FixedClock(Date.UTC(2030, 0, 1, 12));
  readonly directory = new Directory();
  readonly sessions = new Sessions();
  readonly letterbox = new Letterbox();
  readonly sink = new RecordingSink();
  readonly numbers = new Numbers();
  readonly keys = new Numbers('keys', true);
  readonly words = new Words();
  readonly stores: Stores = this.given.stores ?? new MemoryStores();
  readonly registry = new FactorRegistry(
    this.given.factors ?? [this.numbers.factor, this.keys.factor, this.words.factor],
    this.given.fieldsOf ?? (() => ['code']),
    {
      ...{ clock: this.clock, issuer: 'Example Hosting', origins: ['https://portal.example'] },
      strict: this.given.strict ?? false,
    },
    this.given.retired,
  );
  readonly box = this.given.box ?? new GlassBox();
  readonly vault = new Vault(this.box);
  readonly handOver = this.anotherNode();
  readonly units = new Units(this.stores, this.handOver, this.clock);
  readonly questions = new Questions(this.registry, this.stores, this.vault, this.clock);
  readonly courier = new Courier(
    new SendingLimits(this.stores, this.clock),
    this.letterbox,
    this.units,
    this.clock,
  );
  readonly deliveries = new Deliveries(this.registry, this.stores, this.vault, this.courier, this.clock);
  readonly troubles = new Troubles(this.units, this.clock);
  readonly standings = new Standings(this.stores, this.registry, this.directory, this.clock);
  readonly attempts = new Attempts(this.stores, this.clock);
  readonly stepUps = new StepUps(this.stores, this.clock);
  readonly refusals = new Refusals(this.units);
  readonly prover = new Prover(
    new Judge(this.registry, this.vault, this.questions, this.deliveries),
    this.attempts,
    this.standings,
    new Acceptance(this.units, this.vault, this.clock),
    this.troubles,
  );
  readonly heldLogins = new HeldLogins(this.stores, this.directory, this.standings, this.units, this.clock);
  readonly devices = new Devices(this.stores, this.units, this.vault, this.clock);
  readonly policy = new Policy(
    this.given.require ?? 'none',
    (this.given.skips ?? []).map((rule) => ({
      name: rule.name,
      act: rule.create({ devices: this.devices }),
    })),
    this.given.passwordless ?? 'nobody',
  );
  readonly invitations = new Invitations(this.registry, this.policy, this.vault, this.stores, this.clock);
  readonly passwordless = new Passwordless(
    this.invitations,
    this.directory,
    this.standings,
    this.prover,
    new Strangers(this.attempts, this.refusals),
  );
  readonly flags = new ProtectionFlags(
    this.directory,
    this.standings,
    this.stores,
    this.troubles,
    this.clock,
  );
  readonly admission = new Admission(this.flags, this.policy, this.heldLogins, this.sessions);
  readonly challenge = new Challenge(
    this.prover,
    this.refusals,
    new Settlement(this.registry, this.stepUps, this.devices, this.policy, this.clock),
  );
  readonly passwords = new Passwords(this.directory, this.stores, this.clock);
  readonly stepUp = new StepUp(this.passwords, this.prover, this.stepUps, this.refusals, this.units);
  readonly freshness = new Freshness(this.sessions, this.standings, this.stepUps);
  readonly sets = new FactorSets(this.registry, this.vault, this.clock);
  readonly drafts = new Drafts(this.stores, this.vault, this.clock, this.troubles, this.courier);
  readonly enrolments = new Enrolments(this.drafts, this.sets, this.flags, this.sessions, this.units);
  readonly removal = new Removal(this.sets, this.registry, this.directory, this.sessions, this.units);
  readonly renewal = new Renewal(this.sets, this.sessions, this.units);
  readonly renaming = new Renaming(this.units);
  readonly life = new AccountLife(this.directory, this.standings, this.removal, this.stores, this.devices);
  readonly ring = new Keys(
    this.stores.sealed,
    this.box,
    new Resealing(this.stores.sealed, this.box, this.units),
  );
  readonly fit = new KeyFit(this.stores.sealed, this.box, this.ring);
  readonly overview = new Overview(this.standings, this.registry, this.vault);

  constructor(private readonly given: Furniture = {}) {}

  /** The hand-over of another process over the same tables. */
  anotherNode(): HandOver {
    const effects = new AfterEffects(this.directory, this.sessions, this.letterbox);
    return new HandOver(this.stores, this.sink, effects, this.clock);
  }

  /** What was told of an account by now, in order. */
  async told(accountId: string): Promise<readonly TwoFactorEvent[]> {
    await this.handOver.settled();
    return this.sink.events.filter((event) => event.accountId === accountId);
  }

  /** The names of it. */
  async news(accountId: string): Promise<string[]> {
    return (await this.told(accountId)).map(({ name }) => name.replace('two-factor.', ''));
  }
}
