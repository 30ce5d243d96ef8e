import { TwoFactor } from 'nestjs-two-factor';
import type { NewDomain } from '../../../src/billing/services/service.js';
import { domainOf } from '../people/dangerous-acts.js';
import type { Owner } from '../people/owner.js';
import { firefox } from '../people/visitor.js';
import type { Notice, Told } from './notice-deeds.js';
import { does, type NoticeScene } from './notices.js';

const of = (name: string) => `modules/two-factor/mail/${name}`;
const started = 'Some actions of your account have to wait';
const nameservers = 'ns1.example.net ns2.example.net';

const twoFactor = ({ house }: NoticeScene) => house.app.get(TwoFactor, { strict: false });

/** Changes a domain of hers, by a program after a step-up. */
async function changes(
  { house }: NoticeScene,
  { person, visitor }: Owner,
  change: { path: string; fields?: object; facts?: Partial<NewDomain> },
): Promise<Told> {
  const id = await domainOf(house, person, change.facts);
  await does(visitor, `/services/${id}/${change.path}`, change.fields);
  return { by: visitor, says: ['ann.example'] };
}

/** The mails about dangerous actions: what was done, and what had to wait. */
export const brakeNotices: readonly Notice[] = [
  [
    'dangerous actions that have to wait',
    { view: of('brake-started'), subject: started, says: 'are not possible before Jan' },
    async (scene, { person }) => {
      await twoFactor(scene).emailChanged(person.id);
      return { says: ['The e-mail address of your account was changed.'] };
    },
  ],
  [
    'a dangerous action that was refused',
    {
      ...{ view: of('brake-refused'), subject: 'An action of your account was refused', also: [started] },
      says: 'It was refused, because it has to wait until Jan',
    },
    async (scene, { person, visitor }) => {
      await twoFactor(scene).emailChanged(person.id);
      const agent = { 'User-Agent': firefox };
      await visitor.asks('POST', '/account/payment-method', { token: 'test-visa' }, agent);
      return { by: visitor };
    },
  ],
  [
    'a wait that two agents ended',
    {
      ...{ view: of('brake-shortened'), subject: 'Your account need not wait any longer', also: [started] },
      says: 'ended the wait of your account early',
    },
    async (scene, { person }) => {
      await twoFactor(scene).emailChanged(person.id);
      const approvedBy = { type: 'staff', id: 'mia' } as const;
      const given = { reason: 'the very reason', approvedBy };
      await twoFactor(scene).shorten(person.id, given, { type: 'staff', id: 'sam' });
      return { secrets: [given.reason] };
    },
  ],
  [
    'a registrar lock turned off',
    {
      ...{ view: 'mail/registrar-unlocked', subject: 'A registrar lock was turned off' },
      says: 'The domain can now be moved',
    },
    (scene, ann) => changes(scene, ann, { path: 'registrar-lock/off' }),
  ],
  [
    'a registrar lock turned on',
    {
      ...{ view: 'mail/registrar-locked', subject: 'A registrar lock was turned on' },
      says: 'The domain cannot be moved',
    },
    (scene, ann) => changes(scene, ann, { path: 'registrar-lock/on', facts: { registrarLock: false } }),
  ],
  [
    'other name servers',
    {
      ...{ view: 'mail/nameservers-changed', subject: 'Name servers were changed' },
      says: 'were changed to ns1.example.net, ns2.example.net',
    },
    async (scene, ann) => {
      const before = ['ns1.example.org', 'ns2.example.org'];
      const told = await changes(scene, ann, {
        path: 'nameservers',
        fields: { nameservers },
        facts: { nameservers: before },
      });
      return { ...told, says: ['ann.example', before.join(', ')] };
    },
  ],
  [
    'another payment method',
    {
      ...{ view: 'mail/payment-method-changed', subject: 'Your payment method was changed' },
      says: 'Your payment method is now Visa ···· 4242',
    },
    async (_, { visitor }) => {
      await does(visitor, '/account/payment-method', { token: 'test-visa' });
      return { by: visitor, secrets: ['test-visa'] };
    },
  ],
];
