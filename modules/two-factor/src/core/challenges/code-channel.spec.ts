import { randomUUID } from 'node:crypto';
import type { Account } from '../common/account.js';
import type { Delivery, PrimaryBehaviour, PrimaryFactor, Proof } from '../contracts/factor.js';
import { CodeChannel, type CodeMessage } from '../contracts/ports/code-channel.js';
import { House } from '../fixtures/house.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { MemoryStores } from '../../testing/memory.stores.js';

const minute = 60_000;

class Form implements Proof {
  readonly code?: string;
}

/** Codes by pigeon: to a loft, which several accounts can name. */
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

/** A kind whose draft and factor name a loft. */
function pigeonKind(channel: CodeChannel): PrimaryFactor {
  let made = 0;
  const delivery: Delivery = {
    ...{ channel, lives: 10 * minute, tries: 5 },
    make: () => ({ code: `coo-${(made += 1)}` }),
    letter: ({ code }) => ({ template: 'coo', model: { code } }),
  };
  const act: PrimaryBehaviour = {
    ...{ delivery, beginEnrolment: async () => ({ loft: 'loft-12', code: 'coo' }) },
    showDraft: async () => ({ page: {}, json: {} }),
    finishEnrolment: async ({ loft }) => ({ ok: true, data: { loft } }),
    prompt: async () => ({ show: {} }),
    verify: async () => ({ ok: false, reason: 'wrong' }),
  };
  const card = { kind: 'pigeon-code', role: 'primary', many: false, guessable: true, form: Form } as const;
  return { ...card, reads: () => true, create: () => act };
}

describe('a code by a channel that is not mail', () => {
  let channel: Pigeons;
  let stores: MemoryStores;
  let house: House;
  beforeEach(() => {
    channel = new Pigeons();
    stores = new MemoryStores();
    house = new House({ stores, factors: [pigeonKind(channel)] });
  });

  async function owner(loft = 'loft-12'): Promise<Person> {
    const person = new Person(house);
    const factor = { id: randomUUID(), accountId: person.id };
    await house.stores.factors.advance(person.id, { primaries: 0, version: 0 }, 1);
    await house.stores.factors.insert({
      ...{ ...factor, kind: 'pigeon-code', label: 'Loft', version: 1, createdAt: 0, lastUsedAt: null },
      sealed: house.vault.sealFactor({ loft }, factor),
    });
    return person;
  }

  const posed = async ({ account, id }: Person) => ({
    account,
    standing: await house.standings.of(id),
    place: { accountId: id, key: 'a session' },
  });
  const sends = async (person: Person) =>
    house.deliveries.send('pigeon-code', await posed(person), person.origin);

  it('goes where the factor says, never by mail, and is shown masked', async () => {
    const ann = await owner();
    expect(await sends(ann)).toEqual({ status: 'sent' });
    const until = house.clock.now() + 10 * minute;
    expect(channel.sent).toMatchObject([{ to: 'loft-12', message: { template: 'coo', until } }]);
    expect(house.letterbox.mails(ann.account)).toEqual([]);
    const state = await house.deliveries.state('pigeon-code', await posed(ann));
    expect(state).toMatchObject({ channel: 'pigeon', to: '…12' });
  });

  it('goes at set-up where the draft says', async () => {
    const ann = new Person(house);
    const kind = house.registry.primary('pigeon-code')!;
    const who = { ...(await ann.drafter()), reach: 'full' } as const;
    expect(await house.enrolments.begin(who, kind, ann.origin)).toEqual({ status: 'sent' });
    const draft = (await house.drafts.current(who, 'pigeon-code'))!;
    expect(await house.drafts.sending(who, draft, kind)).toMatchObject({ channel: 'pigeon', to: '…12' });
    expect(channel.sent.map(({ to }) => to)).toEqual(['loft-12']);
  });

  it('is limited for its destination, whatever the account', async () => {
    const [ann, bob, eve] = [await owner(), await owner(), await owner('loft-99')];
    expect((await sends(ann)).status).toBe('sent');
    expect(await sends(bob)).toMatchObject({ status: 'later', channel: 'pigeon', paid: false });
    expect((await sends(eve)).status).toBe('sent');
    const sentTo12 = () => channel.sent.filter(({ to }) => to === 'loft-12').length;
    for (let time = 0; time < 30; time += 1) {
      house.clock.advance(minute);
      await sends(time % 2 === 0 ? ann : bob);
    }
    expect(sentTo12()).toBe(5);
  });

  it('leaves no destination in the rows of the limits', async () => {
    await sends(await owner());
    const { attempts } = Reflect.get(stores, 'tables') as { attempts: Map<string, unknown> };
    const text = JSON.stringify([...attempts]);
    expect(text).toContain('sent-to:apart0:');
    expect(text).not.toContain('loft-12');
  });

  it('that is not taken is told in the words of the channel, and costs a minute alone', async () => {
    const ann = await owner();
    channel.isLost = true;
    for (let time = 0; time < 12; time += 1) {
      await expect(sends(ann)).rejects.toMatchObject({
        ...{ code: 'UNAVAILABLE', extra: { retryAfter: 60 } },
        message: 'The code could not be sent. Try again in a minute, or use another way.',
      });
      house.clock.advance(minute);
    }
    channel.isLost = false;
    expect((await sends(ann)).status).toBe('sent');
  });

  it('is read by its own medium, and not by mail', async () => {
    const ann = await owner();
    expect(await house.overview.reachedBy('loft', ann.id)).toBe(true);
    expect(await house.overview.reachedBy('mail', ann.id)).toBe(false);
    expect(await house.overview.reachedBy('loft', new Person(house).id)).toBe(false);
  });
});
