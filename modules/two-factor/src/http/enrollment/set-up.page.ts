import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry, type PrimaryKind } from '../../core/accounts/factor-registry.js';
import type { Account } from '../../core/common/account.js';
import { Problem } from '../../core/common/errors.js';
import { factorAccountOf } from '../../core/contracts/proof-filter.js';
import type { StoredFactor } from '../../core/contracts/stores/factor.store.js';
import { Drafts } from '../../core/enrollment/drafts/drafts.js';
import type { ConfirmingSubject } from '../../core/enrollment/enrollment-commit.js';
import { sendingJson, withButton } from '../challenge/challenge.page.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';
import { AfterSetUp } from '../response/after-set-up.js';
import { shownInput, type RefusedInput } from './set-up-input.js';

/** The account and the kind of an enrollment, and the page that follows it if it is not the Security page. */
export interface SetUpPlace {
  readonly who: ConfirmingSubject;
  readonly kind: string;
  readonly returnTo?: string | undefined;
}

/** What the intro page shows besides the kind. */
export interface IntroFacts {
  /** The id of the factor that the new one replaces. */
  readonly replaces?: string | undefined;
  /** Why the input was refused. */
  readonly refused?: RefusedInput;
  /** Why the last set-up has ended. */
  readonly ended?: Problem;
}

/** The values that the page shows again after a refused answer. */
export interface EnrollmentRetry {
  readonly problem?: Problem;
  readonly label?: string;
  /** Why no other code was sent. */
  readonly late?: Problem;
}

export type PageReply = Extract<Reply, { page: unknown }>;

/** The pages of an enrollment: the description of a kind, and the draft with the field that verifies it. */
@Injectable()
export class SetUpPage {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly drafts: Drafts,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
    private readonly afterSetUp: AfterSetUp,
  ) {}

  /** The first kind of a required set-up; its page leads to the others. */
  first(account: Account): Reply {
    const kinds = this.registry.offered(account).map(({ definition }) => definition.kind);
    return { to: this.routes.setUp(true, kinds[0]), json: { kinds } };
  }

  /** Describes the kind, with "Get Started" and the kind's own set-up form. */
  intro(place: SetUpPlace, { replaces, refused, ended }: IntroFacts = {}): PageReply {
    const { kind, setUpForm } = this.kindOf(place).definition;
    const model = {
      ...this.links(place),
      ...(setUpForm && { ...shownInput(refused), start: `${kind}/start` }),
      kind,
      reset: place.who.accountState.mustEnroll,
      replaces: place.who.accountState.factors.map(plain).find(({ id }) => id === replaces),
      others: place.who.pending ? this.others(place) : [],
      ended: ended?.message,
    };
    const problem = refused?.problem ?? ended;
    return { page: { view: 'enrol/intro', model }, json: problem ?? { kind } };
  }

  /** The secret of the draft, the same on every reload. `again`: why the last try was refused. */
  async show(request: Request, place: SetUpPlace, again: EnrollmentRetry = {}): Promise<PageReply> {
    const { who, kind } = place;
    const known = this.kindOf(place);
    const draft = await this.drafts.find(who, kind);
    if (!draft) return this.withoutDraft(request, place);
    const { page, json } = await known.behaviour.showDraft(factorAccountOf(who.account), draft.data);
    const sending = await this.drafts.sending(who, draft, known);
    const { problem, late } = again;
    const label = again.label ?? who.accountState.factors.find(({ id }) => id === draft.replaces)?.label;
    const model = {
      ...page,
      ...this.links(place),
      kind,
      draft: draft.ref.id,
      sending: withButton(sending, this.routes.setUp(who.pending !== undefined, kind, '/setup'), late),
      replaces: draft.replaces,
      fields: `${kind}/enrol`,
      error: problem?.message,
      label,
    };
    const expiresAt = new Date(draft.expiresAt).toISOString();
    const draftJson = { draft: { ...json, ...sendingJson(sending), id: draft.ref.id, expiresAt } };
    return { page: { view: 'enrol/setup', model }, json: problem ?? late ?? draftJson };
  }

  /** The address of an enrollment page, with the page that follows the enrollment. */
  at({ who, kind, returnTo }: SetUpPlace, step: '' | '/setup'): string {
    return this.routes.setUp(who.pending !== undefined, kind, step, { returnTo });
  }

  kindOf({ who, kind }: Pick<SetUpPlace, 'who' | 'kind'>): PrimaryKind {
    const known = this.registry.primary(kind);
    if (!known || !this.registry.serves(known, who.account))
      throw new Problem('NOT_FOUND', 'There is no such way to prove that it is you.');
    return known;
  }

  /** A completed set-up leads to its result. Else the page says why there is no draft, and offers a new start. */
  private async withoutDraft(request: Request, place: SetUpPlace): Promise<PageReply> {
    const { who, kind, returnTo } = place;
    const to = await this.afterSetUp.address({ accountId: who.account.id, key: who.key }, kind, returnTo);
    if (to) throw new RedirectProblem('CONFLICT', 'This set-up is complete.', to);
    const end = await this.drafts.endOf(who, kind);
    return this.intro(place, {
      ended: this.problemMessages.problem(request, 'CONFLICT', `enrol.ended.${end}`),
    });
  }

  /** The other kinds that could be enrolled instead. A signed-in person has already chosen on the Security page. */
  private others({ who, kind: chosen }: SetUpPlace) {
    const kinds = this.registry.offered(who.account).map(({ definition }) => definition.kind);
    return kinds
      .filter((kind) => kind !== chosen)
      .map((kind) => ({ kind, href: this.routes.setUp(true, kind) }));
  }

  private links({ who, kind, returnTo }: SetUpPlace) {
    const required = who.pending !== undefined;
    const to = (step: string) => this.routes.setUp(required, kind, step);
    const leave = required ? this.routes.cancel() : this.routes.onward(returnTo);
    return { required, setup: to('/setup'), confirm: to('/confirm'), leave, returnTo };
  }
}

function plain({ id, label }: StoredFactor) {
  return { id, label };
}
