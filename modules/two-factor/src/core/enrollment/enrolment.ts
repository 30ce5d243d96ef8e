import { Injectable } from '@nestjs/common';
import { accountSubject } from '../rate-limits/attempts.js';
import { Drafts, type Draft, type Drafter, type Started } from './drafts.js';
import { Problem } from '../common/errors.js';
import type { Enrolled, Proof, SetUpInput } from '../contracts/factor.js';
import type { PrimaryKind } from '../accounts/factor-registry.js';
import { FactorSets, type Issue } from '../accounts/factor-sets.js';
import type { Origin } from '../common/origin.js';
import { seenByFactors } from '../contracts/own-proof.js';
import { LoginSession } from '../contracts/ports/login-session.js';
import { ProtectionFlags } from './protection-flags.js';
import type { Reach } from '../accounts/factor-sets.js';
import type { EndSessions } from '../contracts/stores/event.store.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { Units, type Tell } from '../outbox/units.js';

/** Who starts a set-up, and how far they may go; somebody who may only replace adds nothing. */
export interface Starter extends Drafter {
  readonly reach: Reach;
}

/** What a set-up is started with. */
export interface Wish {
  /** The id of the factor that goes when the new one is proved. */
  readonly replaces?: string | undefined;
  /** What the set-up form brought, validated. */
  readonly input?: SetUpInput;
}

/** Who confirms a set-up, and what goes with it. */
export interface Enroller extends Drafter {
  /** The held login in state enrol that this set-up answers. */
  readonly held?: TokenRef;
}

/** What somebody sends to confirm a set-up. */
export interface Confirmation {
  readonly proof: Proof;
  readonly label: string;
}

/** What became of it. Only `enabled` changed anything. */
export type Enrolment =
  | { readonly status: 'enabled'; readonly factor: StoredFactor; readonly issued: readonly Issue[] }
  | ({ readonly status: 'refused' } & Extract<Enrolled, { ok: false }>);

/** The story that makes a factor: draft → proof → factor. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly drafts: Drafts,
    private readonly sets: FactorSets,
    private readonly flags: ProtectionFlags,
    private readonly sessions: LoginSession,
    private readonly units: Units,
  ) {}

  /**
   * Starts a draft. Of a kind that an account has once, a set-up replaces the one there is. `later`: its question goes by a channel, and
   * may not be sent yet.
   * @throws Problem NOT_FOUND when the kind does not serve this account, or `replaces` is not a factor of this account that this set-up can replace; CONFLICT when the
   * account has as many of the kind as it may; STEP_UP_REQUIRED when somebody who may only replace would add one (ASVS 5.0 7.5.1).
   */
  async begin(who: Starter, kind: PrimaryKind, origin: Origin, wish: Wish = {}): Promise<Started> {
    const { card, act } = kind;
    this.sets.permit(kind, who.account);
    const replaced = this.sets.replacedBy(card, who, wish.replaces);
    if (who.reach === 'replace' && !replaced)
      throw new Problem('STEP_UP_REQUIRED', 'Confirm that it is you before you add a factor.');
    const records = this.sets.records(card.kind, who.standing);
    const input = kind.ownInput(wish.input ?? {});
    const data = await act.beginEnrolment(seenByFactors(who.account), records, input);
    return this.drafts.begin(who, kind, { data, replaces: replaced?.id ?? null, input }, origin);
  }

  /**
   * @throws Problem NOT_FOUND when the kind does not serve this account; CONFLICT when there is no draft, or the account's factors changed meanwhile; UNAVAILABLE when the proof
   * could not be judged, which costs no try, or the account's data is damaged: a failure must not lower its flag.
   */
  async confirm(who: Enroller, kind: PrimaryKind, given: Confirmation, origin: Origin): Promise<Enrolment> {
    this.sets.permit(kind, who.account);
    if (who.standing.damaged)
      throw new Problem('UNAVAILABLE', 'Two-factor data of this account is damaged. Ask for help.');
    const draft = await this.drafts.current(who, kind.card.kind);
    if (!draft) throw new Problem('CONFLICT', 'This set-up has ended. Start again to get a new code.');
    const enrolled = await this.drafts.prove(draft, kind, given.proof, origin);
    if (!enrolled.ok) return { ...enrolled, status: 'refused' };
    const factor = this.sets.row(who.account, kind.card.kind, given.label, enrolled.data);
    const issued = await this.sets.missing(who.account, who.standing);
    await this.protect(who, draft, { factor, issued }, origin);
    await this.sessions.endOthers(who.account.id, who.key, who.standing.set.version + 1);
    return { status: 'enabled', factor, issued };
  }

  /** The host's flag goes up first: a kill in between leaves an account too well protected, never too little. */
  private async protect(who: Enroller, draft: Draft, made: Made, origin: Origin): Promise<void> {
    const { account, standing } = who;
    try {
      await this.flags.raise(account.id, standing.set);
      await this.keep(who, draft, made, origin);
    } catch (error) {
      // What fails here too is settled at the account's next sign-in: the flag is up, and a note says why.
      await this.flags.giveUp(account.id, standing.set).catch(() => undefined);
      throw error;
    }
  }

  private async keep(who: Enroller, draft: Draft, made: Made, origin: Origin): Promise<void> {
    const accountId = who.account.id;
    const { set, factors } = who.standing;
    const replaced = factors.find(({ id }) => id === draft.replaces);
    const spent = who.held ? [draft.ref, who.held] : [draft.ref];
    await this.units.run({ accountId, origin }, async (stores, tell) => {
      const primaries = set.primaries + (replaced ? 0 : 1);
      await this.sets.advance(stores, { accountId, standing: who.standing, spent }, primaries);
      if (replaced) await this.sets.remove(stores, tell, replaced);
      await stores.factors.insert(made.factor);
      if (set.version === 0) await stores.attempts.open(accountSubject(accountId));
      tellEnrolled(tell, made.factor, {
        first: !who.standing.enabled,
        ending: { keepKey: who.key, version: set.version + 1 },
      });
      for (const issue of made.issued) await this.sets.keep(stores, tell, issue);
    });
  }
}

interface Made {
  readonly factor: StoredFactor;
  readonly issued: readonly Issue[];
}

function tellEnrolled(tell: Tell, factor: StoredFactor, how: { first: boolean; ending: EndSessions }): void {
  const { kind, id: factorId, label } = factor;
  const notice = how.first ? undefined : 'factor-enrolled';
  tell('two-factor.factor.enrolled', { kind, factorId, label }, { notice, endSessions: how.ending });
  if (how.first) tell('two-factor.enabled', { kind }, { notice: 'enabled' });
}
