import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Drafts, type Draft } from '../../core/enrollment/drafts.js';
import { Enrolments, type Enroller, type Enrolment, type Starter } from '../../core/enrollment/enrolment.js';
import { Problem } from '../../core/common/errors.js';
import { FactorRegistry, type PrimaryKind } from '../../core/accounts/factor-registry.js';
import { seenByFactors } from '../../core/contracts/own-proof.js';
import { Addresses } from '../response/addresses.js';
import { sendingJson, withButton } from '../challenge/challenge.page.js';
import type { SetUpInput } from '../../core/contracts/factor.js';
import { fieldsOf } from '../forms/fields-of.js';
import { Detour } from '../response/detour.js';
import type { SharedBody } from '../forms/form.decorator.js';
import { proofOf, type EnrolForm, type SetUpForm } from '../forms/forms.js';
import { hasShape, validated } from '../forms/validated.js';
import { inputIn, shownInput, split, type RefusedInput, type SetUpBody } from './set-up-input.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { Wording } from '../challenge/wording.js';

/** Whose set-up it is, of what, and where it leads in the end if not to where it is managed. */
export interface SetUpPlace {
  readonly who: Enroller;
  readonly kind: string;
  readonly returnTo?: string | undefined;
}

/** The three steps of a set-up, the same for somebody signed in and for a held login that must. */
@Injectable()
export class SetUp {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly drafts: Drafts,
    private readonly enrolments: Enrolments,
    private readonly addresses: Addresses,
    private readonly wording: Wording,
  ) {}

  /** What it is and does, with "Get Started" and the kind's own set-up form. `refused`: why what was sent is not taken. */
  intro(place: SetUpPlace, replaces?: string, refused?: RefusedInput): Reply {
    const { card } = this.kindOf(place);
    const replaced = place.who.standing.factors.find(({ id }) => id === replaces);
    const model = {
      kind: card.kind,
      replaces: replaced && { id: replaced.id, label: replaced.label },
      others: place.who.held ? this.others(place) : [],
      ...(card.setUpForm && { start: `${card.kind}/start`, ...shownInput(refused) }),
      ...this.links(place),
    };
    return { page: { view: 'enrol/intro', model }, json: refused?.problem ?? { kind: card.kind } };
  }

  /** Starts a draft; people are led to the page that shows it. Where its message may not be sent yet, the one before stays. */
  async start(
    request: Request,
    place: SetUpPlace & { readonly who: Starter },
    { form: { replaces }, own }: SetUpBody,
  ): Promise<Reply> {
    const { who } = place;
    const known = this.kindOf(place);
    const input = await this.inputOf(request, place, known, own);
    if (input instanceof Problem) return this.intro(place, replaces, { problem: input, own });
    const origin = originOf(request, who.account);
    const started = await this.enrolments.begin(who, known, origin, { replaces, input });
    if (started.status === 'later') return this.notYet(place, this.wording.ofSending(request, started));
    const { json } = await this.show(place);
    return { to: this.at(place, '/setup'), json };
  }

  /** The body of a start: the fields of `form`, and those that only the kind's own set-up form knows. */
  bodyOf<T extends SetUpForm>({ form, body }: SharedBody<T>, kind: string): SetUpBody<T> {
    const known = this.registry.primary(kind)?.card.setUpForm;
    const { own, rest } = split(body, known ? fieldsOf(known) : []);
    return { form: validated(form, rest), own };
  }

  /** What was sent for the kind's set-up form; another code for the same draft needs nothing sent again. */
  private async inputOf(
    request: Request,
    { who, kind }: SetUpPlace,
    { card }: PrimaryKind,
    own: SetUpInput,
  ): Promise<SetUpInput | Problem> {
    if (!card.setUpForm) return {};
    const draft = Object.keys(own).length === 0 ? await this.drafts.current(who, kind) : null;
    if (draft) return draft.input;
    const text = (field: string) => this.wording.text(request, `${kind}.error.${field}`);
    return inputIn(card.setUpForm, own, text);
  }

  /** The secret of the draft, the same on every reload. `again`: why the last try was refused. */
  async show(place: SetUpPlace, again: Again = {}): Promise<PageReply> {
    const { who, kind } = place;
    const known = this.kindOf(place);
    const draft = await this.draftOf(place);
    const { page, json } = await known.act.showDraft(seenByFactors(who.account), draft.data);
    const sending = await this.drafts.sending(who, draft, known);
    const { problem, label, late } = again;
    const model = {
      kind,
      ...page,
      ...this.links(place),
      sending: withButton(sending, this.addresses.setUp(who.held !== undefined, kind, '/setup'), late),
      replaces: draft.replaces,
      fields: `${kind}/enrol`,
      error: problem?.message,
      label,
    };
    const expiresAt = new Date(draft.expiresAt).toISOString();
    const draftJson = { draft: { ...json, expiresAt, ...sendingJson(sending) } };
    return { page: { view: 'enrol/setup', model }, json: problem ?? late ?? draftJson };
  }

  /** Proves the new factor: on from here, or the page again with the draft kept. */
  async confirm(request: Request, place: SetUpPlace, form: EnrolForm): Promise<SetUpDone | Reply> {
    const { who, kind } = place;
    const known = this.kindOf(place);
    const label = form.label?.trim() || this.wording.text(request, `${kind}.name`);
    const proof = proofOf(form);
    const enrolment = hasShape(known.card.form, proof)
      ? await this.enrolments.confirm(who, known, { proof, label }, originOf(request, who.account))
      : ({ status: 'refused', ok: false, reason: 'malformed' } as const);
    if (enrolment.status === 'enabled') return enrolment;
    return this.show(place, { problem: this.wording.ofSetUp(request, kind, enrolment), label });
  }

  private async draftOf(place: SetUpPlace): Promise<Draft> {
    const draft = await this.drafts.current(place.who, place.kind);
    if (draft) return draft;
    throw new Detour('CONFLICT', 'This set-up has ended. Start again.', this.at(place, ''));
  }

  private async notYet(place: SetUpPlace, late: Problem): Promise<Reply> {
    if (await this.drafts.current(place.who, place.kind)) return this.show(place, { late });
    throw late;
  }

  /** The ways that might be set up instead: whoever is signed in chose on the Security page. */
  private others({ who, kind: chosen }: SetUpPlace) {
    const kinds = this.registry.offered(who.account).map(({ card }) => card.kind);
    return kinds
      .filter((kind) => kind !== chosen)
      .map((kind) => ({ kind, href: this.addresses.setUp(true, kind) }));
  }

  private links({ who, kind, returnTo }: SetUpPlace) {
    const required = who.held !== undefined;
    const to = (step: string) => this.addresses.setUp(required, kind, step);
    const leave = required ? this.addresses.cancel() : this.addresses.onward(returnTo);
    return { required, setup: to('/setup'), confirm: to('/confirm'), leave, returnTo };
  }

  /** A page of the set-up, which knows where it leads. */
  private at({ who, kind, returnTo }: SetUpPlace, step: '' | '/setup'): string {
    return this.addresses.setUp(who.held !== undefined, kind, step, { returnTo });
  }

  private kindOf({ who, kind }: SetUpPlace): PrimaryKind {
    const known = this.registry.primary(kind);
    if (!known || !this.registry.serves(known, who.account))
      throw new Problem('NOT_FOUND', 'There is no such way to prove that it is you.');
    return known;
  }
}

/** The new factor works. */
export type SetUpDone = Extract<Enrolment, { status: 'enabled' }>;

export type PageReply = Extract<Reply, { page: unknown }>;

/** What the page shows again when the proof was not taken. */
export interface Again {
  readonly problem?: Problem;
  readonly label?: string;
  /** Why no other code was sent. */
  readonly late?: Problem;
}
