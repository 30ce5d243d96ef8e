import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { keptOrigin } from '../common/column-text.js';
import type { Origin } from '../common/origin.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Mailer } from '../contracts/ports/mailer.js';
import { SecretStorage } from '../encryption/secret-storage.js';
import { StopLinks } from '../stop-links/stop-links.js';
import { RecoveryLinks } from './recovery-links.js';

/** The secret of a case's link: 256 bits. The row has its hash, and the encrypted secret until the mail is handed over. */
export interface LinkSecret {
  readonly linkHash: string;
  readonly sealed: string;
}

/** The mail with the link that cancels a case. An event never contains the link, so the mail has a path of its own. */
@Injectable()
export class RecoveryMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly secretStorage: SecretStorage,
    private readonly links: RecoveryLinks,
    private readonly stopLinks: StopLinks,
  ) {}

  /** Makes the secret of a new case. `origin`: of the request, which the mail names. */
  newSecret(owner: { readonly id: string; readonly accountId: string }, origin: Origin): LinkSecret {
    const secret = randomBytes(32).toString('base64url');
    const { ip, userAgent } = keptOrigin(origin);
    return {
      linkHash: hashOf(secret),
      sealed: this.secretStorage.sealToken({ secret, ip, userAgent }, owner),
    };
  }

  /** Mails the owner. It may be called again: the mailer sends one mail for each id. */
  async send(account: Account, opened: RecoveryCase): Promise<void> {
    const { secret, ip, userAgent } = this.secretStorage.openToken(opened);
    const cancel = this.links.cancel(`${opened.id}.${String(secret)}`);
    const event = { id: opened.id, name: 'two-factor.recovery.requested' };
    const facts = { at: opened.openedAt };
    const stop = await this.stopLinks.issue({ accountId: account.id, to: account.email, event, facts });
    const model = {
      ...(stop !== null && { stop }),
      cancel,
      at: opened.openedAt,
      until: opened.waitsUntil,
      ip,
      userAgent,
    };
    await this.mailer.send(account, { id: `${opened.id}.requested`, template: 'recovery-requested', model });
  }
}

/** The id of the case that a link names; empty where it names none. */
export function caseOfLink(token: string): string {
  return token.split('.', 1)[0] ?? '';
}

/** Whether the link's secret is that of the case. */
export function fitsLink({ id, linkHash }: RecoveryCase, token: string): boolean {
  const given = Buffer.from(hashOf(token.slice(id.length + 1)));
  const stored = Buffer.from(linkHash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
