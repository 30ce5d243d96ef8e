import { IsIn, IsOptional } from 'class-validator';
import { ActForm } from '../../staff/acts/act.form.js';

/** What an agent does at a case: tick what was checked, approve, or refuse. */
export const recoverySteps = ['tick', 'approve', 'refuse'] as const;

const Ticked = (): PropertyDecorator => (form, name) => {
  IsOptional()(form, name);
  IsIn(['on'], { message: 'recovery-desk.unknown-tick' })(form, name);
};

/** The form of a case: the step, and the items of the checklist that were ticked now. */
export class RecoveryForm extends ActForm {
  @IsIn(recoverySteps, { message: 'recovery-desk.unknown-step' })
  step: (typeof recoverySteps)[number];

  @Ticked()
  'invoice-number'?: string;

  @Ticked()
  'last-payment'?: string;

  @Ticked()
  'call-back'?: string;

  @Ticked()
  'photo-id'?: string;
}
