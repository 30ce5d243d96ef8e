import { acts, agent } from '../people/agent.js';
import { domainOf } from '../people/dangerous-acts.js';
import { allScopes, Program } from '../people/program.js';
import { firefox } from '../people/visitor.js';
import type { Owner } from '../people/owner.js';
import type { Notice } from './notice-deeds.js';
import { does, type NoticeScene, publicUrl, secretsOf } from './notices.js';

const made = 'An API token was made for your account';

/** Makes a token in a browser. */
async function makesToken({ house }: NoticeScene, { visitor }: Owner): Promise<Program> {
  const { body } = await does(visitor, '/account/tokens', { name: 'Backup job', scopes: allScopes });
  return new Program(house, (body['token'] as { value: string }).value);
}

/** The mails about other ways into an account: API tokens, and staff who log in as the client. */
export const tokenNotices: readonly Notice[] = [
  [
    'an API token made',
    {
      ...{ view: 'mail/token-created', subject: made },
      says: 'The API token “Backup job” was just made for your account',
    },
    async (scene, ann) => ({ by: ann.visitor, secrets: [(await makesToken(scene, ann)).token] }),
  ],
  [
    'an approval that a program asks for',
    {
      ...{ view: 'mail/approval-requested', subject: 'A program asks for your approval', also: [made] },
      says: 'A program with an API token of your account asks for this',
    },
    async (scene, ann) => {
      const by = await makesToken(scene, ann);
      const id = await domainOf(scene.house, ann.person);
      const path = `/services/${id}/epp-code`;
      const { status, body } = await by.asks('POST', path, undefined, { 'User-Agent': firefox });
      if (status !== 202) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      const approval = (body['approval'] as { id: string }).id;
      const says = ['Show the EPP code of ann.example', `${publicUrl}/approvals/${approval}`];
      return { by, says, secrets: [by.token] };
    },
  ],
  [
    'an agent who logged in as the client',
    {
      ...{ view: 'mail/impersonation-started', subject: 'Our staff uses your account to help you' },
      ...{ says: 'has logged in to your account as you', also: ['Two-factor authentication is on'] },
    },
    async ({ house }, { person }) => {
      const reason = 'She asked about an invoice';
      const sam = await agent(house, 'Sam');
      const { status, body } = await acts(house, sam, `/staff/clients/${person.id}/impersonate`, { reason });
      if (status !== 200) throw new Error(`Not logged in: ${status} ${JSON.stringify(body)}`);
      return { says: ['Sam, a member of our staff'], secrets: [reason, sam.person.email, ...secretsOf(sam)] };
    },
  ],
];
