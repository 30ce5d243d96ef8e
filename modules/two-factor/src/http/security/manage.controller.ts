import { Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import { Removal } from '../../core/enrollment/removal.js';
import { Renewal } from '../../core/enrollment/renewal.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { CodesPage } from '../enrollment/codes.page.js';
import { FreshGuard } from '../confirm/fresh.guard.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../request/guests.js';
import { originOf } from '../request/origin-of.js';
import { ownerOf } from './owner-of.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';

/** Changes of the whole set. */
@Room('account/security/two-factor', 'signed-in', SignedInGuard, FreshGuard)
export class ManageController {
  constructor(
    private readonly removal: Removal,
    private readonly renewal: Renewal,
    private readonly registry: FactorRegistry,
    private readonly codes: CodesPage,
    private readonly addresses: Addresses,
  ) {}

  @NoFields()
  @Post('disable')
  async disable(@Req() request: Request, @SignedInGuest() who: Confirmer): Promise<Reply> {
    await this.removal.disable(ownerOf(who), originOf(request, who.session.account));
    return { to: this.addresses.security('disabled'), json: { enabled: false } };
  }

  /** A new set of a recovery kind; the old one is void. */
  @NoFields()
  @Post(':kind')
  async renew(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Param('kind') kind: string,
  ): Promise<Reply> {
    const known = this.registry.recovery(kind);
    if (!known) throw new Problem('NOT_FOUND', 'There is no such set of codes.');
    const { account } = who.session;
    const issue = await this.renewal.renew(ownerOf(who), known, originOf(request, account));
    return this.codes.renewed(request, account, issue, this.addresses.security());
  }
}
