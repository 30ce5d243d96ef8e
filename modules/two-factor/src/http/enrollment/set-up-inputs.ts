import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry, type PrimaryKind } from '../../core/accounts/factor-registry.js';
import { Problem } from '../../core/common/errors.js';
import type { SetUpInput } from '../../core/contracts/factor.js';
import type { EnrollmentSubject } from '../../core/enrollment/drafts/draft-tokens.js';
import { Drafts } from '../../core/enrollment/drafts/drafts.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { fieldsOf } from '../forms/fields-of.js';
import type { SharedBody } from '../forms/form.decorator.js';
import type { SetUpForm } from '../forms/forms.js';
import { validated } from '../forms/validated.js';
import { inputIn, split, type SetUpBody } from './set-up-input.js';

/** Reads the body of the request that starts a set-up. */
@Injectable()
export class SetUpInputs {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly drafts: Drafts,
    private readonly problemMessages: ProblemMessages,
  ) {}

  /** The fields of `form`, and those that only the kind's own set-up form knows. */
  bodyOf<T extends SetUpForm>({ form, body }: SharedBody<T>, kind: string): SetUpBody<T> {
    const known = this.registry.primary(kind)?.definition.setUpForm;
    const { own, rest } = split(body, known ? fieldsOf(known) : []);
    return { form: validated(form, rest), own };
  }

  /** The input of the kind's set-up form; a further code for the same draft needs no input again. */
  async inputOf(
    request: Request,
    who: EnrollmentSubject,
    { definition }: PrimaryKind,
    own: SetUpInput,
  ): Promise<SetUpInput | Problem> {
    const { kind, setUpForm } = definition;
    if (!setUpForm) return {};
    const draft = Object.keys(own).length === 0 ? await this.drafts.find(who, kind) : null;
    if (draft) return draft.input;
    const text = (field: string) => this.problemMessages.text(request, `${kind}.error.${field}`);
    return inputIn(setUpForm, own, text);
  }
}
