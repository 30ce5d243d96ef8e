import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Drafts } from '../core/drafts.js';
import { Enrolments, type Enroller, type Enrolment, type Starter } from '../core/enrolment.js';
import { Problem } from '../core/errors.js';
import { FactorRegistry, type PrimaryKind } from '../core/factor-registry.js';
import { Addresses } from './addresses.js';
import { Detour } from './detour.js';
import { proofOf, type EnrolForm } from './forms/forms.js';
import { hasShape } from './forms/validated.js';
import { originOf } from './origin-of.js';
import type { Reply } from './reply.js';
import { Wording } from './wording.js';

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

  /** What it is and does, with "Get Started". */
  intro(who: Enroller, kind: string, replaces?: string): Reply {
    const { card } = this.kindOf(kind);
    const replaced = who.standing.factors.find(({ id }) => id === replaces);
    const model = {
      kind: card.kind,
      replaces: replaced && { id: replaced.id, label: replaced.label },
      ...this.links(who, kind),
    };
    return { page: { view: 'enrol/intro', model }, json: { kind: card.kind } };
  }

  /** Starts a draft; people are led to the page that shows it. */
  async start(who: Enroller & Starter, kind: string, replaces?: string): Promise<Reply> {
    await this.enrolments.begin(who, this.kindOf(kind), replaces);
    const { json } = await this.shown(who, kind);
    return { to: this.links(who, kind).setup, json };
  }

  /** The secret of the draft, the same on every reload. */
  async show(who: Enroller, kind: string): Promise<Reply> {
    return this.shown(who, kind);
  }

  /** Proves the new factor: on from here, or the page again with the draft kept. */
  async confirm(request: Request, who: Enroller, kind: string, form: EnrolForm): Promise<SetUpDone | Reply> {
    const known = this.kindOf(kind);
    const label = form.label?.trim() || this.wording.text(request, `${kind}.name`);
    const proof = proofOf(form);
    const enrolment = hasShape(known.card.form, proof)
      ? await this.enrolments.confirm(who, known, { proof, label }, originOf(request, who.account))
      : ({ status: 'refused', reason: 'malformed' } as const);
    if (enrolment.status === 'enabled') return enrolment;
    return this.shown(who, kind, { problem: this.wording.ofSetUp(request, kind, enrolment), label });
  }

  private async shown(who: Enroller, kind: string, again: Again = {}): Promise<PageReply> {
    const { act } = this.kindOf(kind);
    const draft = await this.drafts.current(who, kind);
    if (!draft)
      throw new Detour('CONFLICT', 'This set-up has ended. Start again.', this.links(who, kind).intro);
    const { page, json } = await act.showDraft(who.account, draft.data);
    const { problem, label } = again;
    const model = {
      kind,
      ...page,
      ...this.links(who, kind),
      fields: `${kind}/enrol`,
      error: problem?.message,
      label,
    };
    const draftJson = { draft: { ...json, expiresAt: new Date(draft.expiresAt).toISOString() } };
    return { page: { view: 'enrol/setup', model }, json: problem ?? draftJson };
  }

  private links(who: Enroller, kind: string) {
    const held = who.held !== undefined;
    const at = (step: string) => this.addresses.setUp(held, kind, step);
    const leave = held ? this.addresses.cancel() : this.addresses.security();
    return { required: held, intro: at(''), setup: at('/setup'), confirm: at('/confirm'), leave };
  }

  private kindOf(kind: string): PrimaryKind {
    const known = this.registry.primary(kind);
    if (!known) throw new Problem('NOT_FOUND', 'There is no such way to prove that it is you.');
    return known;
  }
}

/** The new factor works. */
export type SetUpDone = Extract<Enrolment, { status: 'enabled' }>;

type PageReply = Extract<Reply, { page: unknown }>;

/** What the page shows again when the proof was not taken. */
interface Again {
  readonly problem?: Problem;
  readonly label?: string;
}
