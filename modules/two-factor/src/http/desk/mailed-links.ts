import { Inject, Injectable } from '@nestjs/common';
import { RecoveryLinks } from '../../core/recovery-desk/recovery-links.js';
import { ORIGINS } from '../guards/refused-origins.js';
import { Routes } from '../response/routes.js';

/** Absolute where the host named its origin, else a path that the host's mailer completes. */
@Injectable()
export class MailedLinks extends RecoveryLinks {
  constructor(
    private readonly routes: Routes,
    @Inject(ORIGINS) private readonly origins: readonly string[],
  ) {
    super();
  }

  cancel(token: string): string {
    return `${this.origins[0] ?? ''}${this.routes.recoveryCancel(token)}`;
  }
}
