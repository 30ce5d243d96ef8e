import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { Drafts } from '../../core/enrollment/drafts/drafts.js';
import type { Enrolled } from '../../core/enrollment/earlier-enrollment.js';
import { Enrollment, type ScopedEnrollmentSubject } from '../../core/enrollment/enrollment.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import type { SharedBody } from '../forms/form.decorator.js';
import { proofOf, type EnrollForm, type SetUpForm } from '../forms/forms.js';
import { hasShape } from '../forms/validated.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { prefersJson } from '../response/responder.js';
import type { SetUpBody } from './set-up-input.js';
import { SetUpInputs } from './set-up-inputs.js';
import { SetUpPage, type SetUpPlace } from './set-up.page.js';

/** The steps of an enrollment, the same for a signed-in person and for a pending login that must enroll. */
@Injectable()
export class SetUp {
  constructor(
    private readonly inputs: SetUpInputs,
    private readonly drafts: Drafts,
    private readonly enrollment: Enrollment,
    private readonly page: SetUpPage,
    private readonly problemMessages: ProblemMessages,
  ) {}

  /** The body of a start: the fields of `form`, and those that only the kind's own set-up form knows. */
  bodyOf<T extends SetUpForm>(shared: SharedBody<T>, kind: string): SetUpBody<T> {
    return this.inputs.bodyOf(shared, kind);
  }

  /** Starts a draft and redirects to its page. If its message may not be sent yet, the previous draft stays. */
  async start(
    request: Request,
    place: SetUpPlace & { readonly who: ScopedEnrollmentSubject },
    { form, own }: SetUpBody,
  ): Promise<Reply> {
    const { who } = place;
    const { replaces } = form;
    const known = this.page.kindOf(place);
    const input = await this.inputs.inputOf(request, who, known, own);
    if (input instanceof Problem)
      return this.page.intro(place, { replaces, refused: { problem: input, own } });
    const origin = originOf(request, who.account);
    // Programs ask for another code by the same request. The page of a draft names it.
    const again =
      known.behaviour.delivery !== undefined && (form.draft !== undefined || prefersJson(request));
    const started = await this.enrollment.begin(who, known, origin, { replaces, input, again });
    if (started.status === 'later')
      return this.notYet(request, place, this.problemMessages.ofSending(request, started));
    const { json } = await this.page.show(request, place);
    return { to: this.page.at(place, '/setup'), json };
  }

  /** Verifies the new factor: redirects onward, or shows the page again with the same draft. */
  async confirm(request: Request, place: SetUpPlace, form: EnrollForm): Promise<Enrolled | Reply> {
    const { definition } = this.page.kindOf(place);
    const label = form.label?.trim() || this.problemMessages.text(request, `${place.kind}.name`);
    if (!hasShape(definition.form, proofOf(form)))
      return this.again(request, place, { reason: 'malformed', label });
    try {
      return await this.prove(request, place, form, label);
    } catch (error) {
      const isConflict = error instanceof Problem && error.code === 'CONFLICT';
      if (!isConflict || (await this.drafts.find(place.who, place.kind))) throw error;
      return this.page.show(request, place);
    }
  }

  private async prove(request: Request, place: SetUpPlace, form: EnrollForm, label: string) {
    const given = { proof: proofOf(form), label, draft: form.draft, byForm: !prefersJson(request) };
    const origin = originOf(request, place.who.account);
    const enrolled = await this.enrollment.confirm(place.who, this.page.kindOf(place), given, origin);
    if (enrolled.status === 'enabled') return enrolled;
    if (enrolled.status === 'refused') return this.again(request, place, { ...enrolled, label });
    const problem = this.problemMessages.problem(request, 'CONFLICT', 'enrol.replaced');
    return this.page.show(request, place, { problem, label });
  }

  private again(
    request: Request,
    place: SetUpPlace,
    { label, ...refused }: { label: string } & Omit<Parameters<ProblemMessages['ofSetUp']>[2], 'ok'>,
  ): Promise<Reply> {
    const problem = this.problemMessages.ofSetUp(request, place.kind, { ...refused, ok: false });
    return this.page.show(request, place, { problem, label });
  }

  private async notYet(request: Request, place: SetUpPlace, late: Problem): Promise<Reply> {
    if (await this.drafts.find(place.who, place.kind)) return this.page.show(request, place, { late });
    throw late;
  }
}
