import { randomUUID } from 'node:crypto';
import type { Account } from '../common/account.js';
import type { Delivery, PrimaryBehaviour, PrimaryFactor, Proof } from '../contracts/factor.js';
import { CodeChannel, type CodeMessage } from '../contracts/ports/code-channel.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { MemoryStores } from '../../testing/memory.stores.js';

const minute = 60_000;

class Form implements Proof {
  readonly code?: string;
}

/** Sends codes by pigeon to a loft, which several accounts can name. */
class Pigeons extends CodeChannel {
  readonly name = 'pigeon';
  readonly readableBy = ['loft'];
  readonly isShared = true;
  readonly sent: { readonly to: string; readonly message: CodeMessage }[] = [];
  isLost = false;

  destination(_account: Account, { loft }: Readonly<Record<string, unknown>>): string {
    return String(loft);
  }

  masked(loft: string): string {
    return `…${loft.slice(-2)}`;
  }

  async send(_account: Account, to: string, message: CodeMessage): Promise<void> {
    if (this.isLost) throw new Error('lost');
    this.sent.push({ to, message });
  }
}

/** A kind with the name of a loft in its draft and its factor. */
function pigeonKind(channel: CodeChannel): PrimaryFactor {
  let made = 0;
  const delivery: Delivery = {
    channel,
    ttlMs: 10 * minute,
    maxAttempts: 5,
    make: () => ({ code: `coo-${(made += 1)}` }),
    message: ({ code }) => ({ template: 'coo', model: { code } }),
  };
  const behaviour: PrimaryBehaviour = {
    delivery,
    beginEnrollment: async () => ({ loft: 'loft-12', code: 'coo' }),
    showDraft: async () => ({ page: {}, json: {} }),
    finishEnrollment: async ({ loft }) => ({ ok: true, data: { loft } }),
    prompt: async () => ({ show: {} }),
    verify: async () => ({ ok: false, reason: 'wrong' }),
  };
  const definition = {
    kind: 'pigeon-code',
    role: 'primary',
    multiple: false,
    guessable: true,
    form: Form,
  } as const;
  return { ...definition, matches: () => true, create: () => behaviour };
}

describe('a code by another channel than mail', () => {
  let channel: Pigeons;
  let stores: MemoryStores;
  let testHost: TestHost;
  beforeEach(() => {
    channel = new Pigeons();
    stores = new MemoryStores();
    testHost = new TestHost({ stores, factors: [pigeonKind(channel)] });
  });

  async function owner(loft = 'loft-12'): Promise<Person> {
    const person = new Person(testHost);
    const factor = { id: randomUUID(), accountId: person.id };
    await testHost.stores.factors.bumpVersion(person.id, { primaryCount: 0, version: 0 }, 1);
    await testHost.stores.factors.insert({
      ...{ ...factor, kind: 'pigeon-code', label: 'Loft', version: 1, createdAt: 0, lastUsedAt: null },
      sealed: testHost.secretStorage.sealFactor({ loft }, factor),
    });
    return person;
  }

  const posed = async ({ account, id }: Person) => ({
    account,
    accountState: await testHost.accountStateReader.load(id),
    place: { accountId: id, key: 'a session' },
  });
  const sends = async (person: Person) =>
    testHost.codeDelivery.send('pigeon-code', await posed(person), person.origin);

  it('goes to the factor’s destination, never by mail, and is shown masked', async () => {
    const ann = await owner();
    expect(await sends(ann)).toEqual({ status: 'sent' });
    const until = testHost.clock.now() + 10 * minute;
    expect(channel.sent).toMatchObject([{ to: 'loft-12', message: { template: 'coo', until } }]);
    expect(testHost.letterbox.mails(ann.account)).toEqual([]);
    const state = await testHost.codeDelivery.state('pigeon-code', await posed(ann));
    expect(state).toMatchObject({ channel: 'pigeon', to: '…12' });
  });

  it('goes to the draft’s destination during a set-up', async () => {
    const ann = new Person(testHost);
    const kind = testHost.registry.primary('pigeon-code')!;
    const who = { ...(await ann.drafter()), scope: 'full' } as const;
    expect(await testHost.enrollment.begin(who, kind, ann.origin)).toEqual({ status: 'sent' });
    const draft = (await testHost.drafts.find(who, 'pigeon-code'))!;
    expect(await testHost.drafts.sending(who, draft, kind)).toMatchObject({ channel: 'pigeon', to: '…12' });
    expect(channel.sent.map(({ to }) => to)).toEqual(['loft-12']);
  });

  it('is limited for its destination over all accounts', async () => {
    const [ann, bob, eve] = [await owner(), await owner(), await owner('loft-99')];
    expect((await sends(ann)).status).toBe('sent');
    expect(await sends(bob)).toMatchObject({ status: 'later', channel: 'pigeon', allowed: false });
    expect((await sends(eve)).status).toBe('sent');
    const sentTo12 = () => channel.sent.filter(({ to }) => to === 'loft-12').length;
    for (let time = 0; time < 30; time += 1) {
      testHost.clock.advance(minute);
      await sends(time % 2 === 0 ? ann : bob);
    }
    expect(sentTo12()).toBe(5);
  });

  it('leaves no destination in the rows of the rate limits', async () => {
    await sends(await owner());
    const { attempts } = Reflect.get(stores, 'tables') as { attempts: Map<string, unknown> };
    const text = JSON.stringify([...attempts]);
    expect(text).toContain('sent-to:apart0:');
    expect(text).not.toContain('loft-12');
  });

  it('has its channel’s own message when it is not sent, and costs only a minute', async () => {
    const ann = await owner();
    channel.isLost = true;
    for (let time = 0; time < 12; time += 1) {
      await expect(sends(ann)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        extra: { retryAfter: 60 },
        message: 'The code could not be sent. Try again in a minute, or use another way.',
      });
      testHost.clock.advance(minute);
    }
    channel.isLost = false;
    expect((await sends(ann)).status).toBe('sent');
  });

  it('can be read by its own medium, and not by mail', async () => {
    const ann = await owner();
    expect(await testHost.statusReader.reachedBy('loft', ann.id)).toBe(true);
    expect(await testHost.statusReader.reachedBy('mail', ann.id)).toBe(false);
    expect(await testHost.statusReader.reachedBy('loft', new Person(testHost).id)).toBe(false);
  });
});
