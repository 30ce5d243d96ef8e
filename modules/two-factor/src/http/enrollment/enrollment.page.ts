import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Drafts, type Draft } from '../../core/enrollment/drafts.js';
import {
  Enrollment,
  type ConfirmingSubject,
  type EnrollmentResult,
  type ScopedEnrollmentSubject,
} from '../../core/enrollment/enrollment.js';
import { Problem } from '../../core/common/errors.js';
import { FactorRegistry, type PrimaryKind } from '../../core/accounts/factor-registry.js';
import { factorAccountOf } from '../../core/contracts/proof-filter.js';
import { Routes } from '../response/routes.js';
import { sendingJson, withButton } from '../challenge/challenge.page.js';
import type { SetUpInput } from '../../core/contracts/factor.js';
import { fieldsOf } from '../forms/fields-of.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import type { SharedBody } from '../forms/form.decorator.js';
import { proofOf, type EnrollForm, type SetUpForm } from '../forms/forms.js';
import { hasShape, validated } from '../forms/validated.js';
import { inputIn, shownInput, split, type RefusedInput, type SetUpBody } from './set-up-input.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { ProblemMessages } from '../challenge/problem-messages.js';

/** The account and the kind of an enrollment, and the page that follows it if it is not the Security page. */
export interface SetUpPlace {
  readonly who: ConfirmingSubject;
  readonly kind: string;
  readonly returnTo?: string | undefined;
}

/** The three steps of an enrollment, the same for a signed-in person and for a pending login that must enroll. */
@Injectable()
export class SetUp {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly drafts: Drafts,
    private readonly enrollment: Enrollment,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
  ) {}

  /** Describes the kind, with "Get Started" and the kind's own set-up form. `refused`: why the input was refused. */
  intro(place: SetUpPlace, replaces?: string, refused?: RefusedInput): Reply {
    const { definition } = this.kindOf(place);
    const replaced = place.who.accountState.factors.find(({ id }) => id === replaces);
    const model = {
      ...this.links(place),
      ...(definition.setUpForm && { ...shownInput(refused), start: `${definition.kind}/start` }),
      kind: definition.kind,
      replaces: replaced && { id: replaced.id, label: replaced.label },
      others: place.who.pending ? this.others(place) : [],
    };
    return { page: { view: 'enrol/intro', model }, json: refused?.problem ?? { kind: definition.kind } };
  }

  /** Starts a draft and redirects to its page. If its message may not be sent yet, the previous draft stays. */
  async start(
    request: Request,
    place: SetUpPlace & { readonly who: ScopedEnrollmentSubject },
    { form: { replaces }, own }: SetUpBody,
  ): Promise<Reply> {
    const { who } = place;
    const known = this.kindOf(place);
    const input = await this.inputOf(request, place, known, own);
    if (input instanceof Problem) return this.intro(place, replaces, { problem: input, own });
    const origin = originOf(request, who.account);
    const started = await this.enrollment.begin(who, known, origin, { replaces, input });
    if (started.status === 'later')
      return this.notYet(place, this.problemMessages.ofSending(request, started));
    const { json } = await this.show(place);
    return { to: this.at(place, '/setup'), json };
  }

  /** The body of a start: the fields of `form`, and those that only the kind's own set-up form knows. */
  bodyOf<T extends SetUpForm>({ form, body }: SharedBody<T>, kind: string): SetUpBody<T> {
    const known = this.registry.primary(kind)?.definition.setUpForm;
    const { own, rest } = split(body, known ? fieldsOf(known) : []);
    return { form: validated(form, rest), own };
  }

  /** The input of the kind's set-up form; a further code for the same draft needs no input again. */
  private async inputOf(
    request: Request,
    { who, kind }: SetUpPlace,
    { definition }: PrimaryKind,
    own: SetUpInput,
  ): Promise<SetUpInput | Problem> {
    if (!definition.setUpForm) return {};
    const draft = Object.keys(own).length === 0 ? await this.drafts.find(who, kind) : null;
    if (draft) return draft.input;
    const text = (field: string) => this.problemMessages.text(request, `${kind}.error.${field}`);
    return inputIn(definition.setUpForm, own, text);
  }

  /** The secret of the draft, the same on every reload. `again`: why the last try was refused. */
  async show(place: SetUpPlace, again: EnrollmentRetry = {}): Promise<PageReply> {
    const { who, kind } = place;
    const known = this.kindOf(place);
    const draft = await this.draftOf(place);
    const { page, json } = await known.behaviour.showDraft(factorAccountOf(who.account), draft.data);
    const sending = await this.drafts.sending(who, draft, known);
    const { problem, late } = again;
    const label = again.label ?? who.accountState.factors.find(({ id }) => id === draft.replaces)?.label;
    const model = {
      ...page,
      ...this.links(place),
      kind,
      sending: withButton(sending, this.routes.setUp(who.pending !== undefined, kind, '/setup'), late),
      replaces: draft.replaces,
      fields: `${kind}/enrol`,
      error: problem?.message,
      label,
    };
    const expiresAt = new Date(draft.expiresAt).toISOString();
    const draftJson = { draft: { ...json, ...sendingJson(sending), expiresAt } };
    return { page: { view: 'enrol/setup', model }, json: problem ?? late ?? draftJson };
  }

  /** Verifies the new factor: redirects onward, or shows the page again with the same draft. */
  async confirm(request: Request, place: SetUpPlace, form: EnrollForm): Promise<SetUpDone | Reply> {
    const { who, kind } = place;
    const known = this.kindOf(place);
    const label = form.label?.trim() || this.problemMessages.text(request, `${kind}.name`);
    const proof = proofOf(form);
    const enrollment = hasShape(known.definition.form, proof)
      ? await this.enrollment.confirm(who, known, { proof, label }, originOf(request, who.account))
      : ({ status: 'refused', ok: false, reason: 'malformed' } as const);
    if (enrollment.status === 'enabled') return enrollment;
    return this.show(place, { problem: this.problemMessages.ofSetUp(request, kind, enrollment), label });
  }

  private async draftOf(place: SetUpPlace): Promise<Draft> {
    const draft = await this.drafts.find(place.who, place.kind);
    if (draft) return draft;
    throw new RedirectProblem('CONFLICT', 'This set-up has ended. Start again.', this.at(place, ''));
  }

  private async notYet(place: SetUpPlace, late: Problem): Promise<Reply> {
    if (await this.drafts.find(place.who, place.kind)) return this.show(place, { late });
    throw late;
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

  /** The address of an enrollment page, with the page that follows the enrollment. */
  private at({ who, kind, returnTo }: SetUpPlace, step: '' | '/setup'): string {
    return this.routes.setUp(who.pending !== undefined, kind, step, { returnTo });
  }

  private kindOf({ who, kind }: SetUpPlace): PrimaryKind {
    const known = this.registry.primary(kind);
    if (!known || !this.registry.serves(known, who.account))
      throw new Problem('NOT_FOUND', 'There is no such way to prove that it is you.');
    return known;
  }
}

/** The new factor is stored. */
export type SetUpDone = Extract<EnrollmentResult, { status: 'enabled' }>;

export type PageReply = Extract<Reply, { page: unknown }>;

/** The values that the page shows again after a refused answer. */
export interface EnrollmentRetry {
  readonly problem?: Problem;
  readonly label?: string;
  /** Why no other code was sent. */
  readonly late?: Problem;
}
