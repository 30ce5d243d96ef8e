import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../accounts/accounts.service.js';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { SeenBrowsers } from './seen-browsers.js';
import { SignInMails } from './sign-in-mails.js';
import { placeId } from './sign-in-place.js';

/** A sign-in, and the id of the place where it came from. */
interface SignIn {
  readonly id: string;
  readonly event: PortalEvent & { readonly accountId: string };
}

/**
 * Mails an account’s owner about a sign-in from a browser and a network that the account was not used from before. The first sign-in ever is no news.
 * It runs when events are delivered, after the answer to the sign-in.
 */
@Injectable()
export class NewSignInNotification implements EventSubscriber, OnModuleInit {
  constructor(
    private readonly seen: SeenBrowsers,
    private readonly accounts: Accounts,
    private readonly mails: SignInMails,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  handle(event: PortalEvent): Promise<void> {
    return this.handleAll([event]);
  }

  async handleAll(events: readonly PortalEvent[]): Promise<void> {
    const signIns = events.flatMap((event) => signInOf(event) ?? []);
    if (signIns.length === 0) return;
    const latest = Math.max(...signIns.map(({ event }) => event.at));
    const known = await this.seen.known(
      signIns.map(({ id }) => id),
      latest,
    );
    for (const signIn of signIns) if (!known.has(signIn.id)) await this.isNew(signIn);
  }

  private async isNew({ id, event }: SignIn): Promise<void> {
    const { accountId, at: seenAt } = event;
    const account = await this.accounts.byId(accountId);
    if (!account) return;
    if (await this.seen.hasAny(accountId)) await this.mails.send(account, { id, accountId, seenAt }, event);
    else await this.seen.add({ id, accountId, seenAt });
  }
}

function signInOf(event: PortalEvent): SignIn | undefined {
  const { accountId, ip, userAgent } = event;
  if (event.name !== 'login.succeeded' || accountId === null) return undefined;
  return { id: placeId({ accountId, ip, userAgent }), event: { ...event, accountId } };
}
