import { Injectable } from '@nestjs/common';
import { InstalledModules } from '../../portal/modules/modules.js';
import type { StoppableMail } from '../../portal/modules/stop-link-maker.js';

/** The links “This wasn’t me” of the portal’s own mails. An installed module makes them. */
@Injectable()
export class StopLinks {
  constructor(private readonly modules: InstalledModules) {}

  /**
   * The absolute address of a new link; null when no module makes such links. Call it before the transaction that stores the mail: the module
   * uses statements of its own.
   */
  async link(mail: StoppableMail): Promise<string | null> {
    return (await this.modules.stopLinks()?.link(mail)) ?? null;
  }
}
