import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Removal } from '../../core/enrollment/removal.js';
import { Renaming } from '../../core/enrollment/renaming.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { Form } from '../forms/form.decorator.js';
import { RenameForm } from '../forms/forms.js';
import { FreshGuard, WithoutStepUp } from '../confirm/fresh.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../request/guests.js';
import { originOf } from '../request/origin-of.js';
import { ownerOf } from './owner-of.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';

/** Changes of one factor. */
@Room('account/security/two-factor/factors/:id', 'signed-in', SignedInGuard, FreshGuard)
export class FactorsController {
  constructor(
    private readonly removal: Removal,
    private readonly renaming: Renaming,
    private readonly addresses: Addresses,
  ) {}

  @WithoutStepUp()
  @Post('rename')
  async rename(
    @Req() request: Request,
    @SignedInGuest() { session, standing }: Confirmer,
    @Param('id') id: string,
    @Form(RenameForm) form: RenameForm,
  ): Promise<Reply> {
    const { account } = session;
    const factor = standing.factors.find((each) => each.id === id);
    const origin = originOf(request, account);
    const renamed = await this.renaming.rename(account.id, factor, form.label.trim(), origin);
    return { to: this.addresses.security('renamed'), json: { factor: renamed } };
  }

  @NoFields()
  @Post('remove')
  async remove(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Param('id') id: string,
  ): Promise<Reply> {
    await this.removal.remove(ownerOf(who), id, originOf(request, who.session.account));
    const enabled = who.standing.set.primaries > 1;
    return { to: this.addresses.security(enabled ? 'removed' : 'disabled'), json: { enabled } };
  }
}
