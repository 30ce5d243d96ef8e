import type { TicketState } from '../support/ticket.entity.js';

/** A message in a demo ticket. */
interface DemoSaid {
  readonly by: 'customer' | 'support';
  readonly hoursAgo: number;
  readonly body: string;
}

/** A ticket; its oldest message comes first. */
export interface DemoConversation {
  readonly subject: string;
  readonly state: TicketState;
  readonly said: readonly [DemoSaid, ...DemoSaid[]];
}

/** A text of several paragraphs. */
const text = (...paragraphs: string[]): string => paragraphs.join('\n\n');

const backups: DemoConversation = {
  subject: 'Backups of my shop',
  state: 'closed',
  said: [
    {
      by: 'customer',
      hoursAgo: 104 * 24,
      body: text(
        'Hello,',
        'yesterday I deleted the folder with the pictures of the new glazes, and the only copy I had was three months old. ' +
          'Can you keep backups of moreau-ceramics.example, and what would that cost?',
        'Alice',
      ),
    },
    {
      by: 'support',
      hoursAgo: 104 * 24 - 2,
      body: text(
        'Hello Alice,',
        'we can: daily backups are kept for 30 days and cost 7.49 EUR a month, plus tax. ' +
          'They would be on your next invoice, together with Business Hosting. Shall I add them?',
        'Sam',
      ),
    },
    { by: 'customer', hoursAgo: 104 * 24 - 5, body: 'Yes, please. That was quick!' },
    {
      by: 'support',
      hoursAgo: 103 * 24,
      body: text(
        'They are on, and the first one was made last night. Write here whenever you need a file back.',
        'Sam',
      ),
    },
  ],
};

const transfer: DemoConversation = {
  subject: 'Moving alice-moreau.example to my sister',
  state: 'answered',
  said: [
    {
      by: 'customer',
      hoursAgo: 53,
      body: text(
        'Hello,',
        'my sister will use alice-moreau.example from now on. She has her domains with another registrar, who asks for a code. ' +
          'Where do I find it, and do I have to hurry?',
        'Alice',
      ),
    },
    {
      by: 'support',
      hoursAgo: 49,
      body: text(
        'Hello Alice,',
        'I have taken the registrar lock off. The EPP code is on the page of the domain, under Services: choose “Show EPP code” and ' +
          'confirm that it is you. Give it to nobody but your sister; we never ask for it.',
        'There is time: the domain expires in six weeks. Start before we bill its renewal, in about two weeks.',
        'Sam',
      ),
    },
  ],
};

const refund: DemoConversation = {
  subject: 'The move of the map took my shop down',
  state: 'closed',
  said: [
    {
      by: 'customer',
      hoursAgo: 71 * 24,
      body: text(
        'Hello,',
        'when you moved the map to the new cloud server, lindqvist-cycling.example was away for an afternoon as well. ' +
          'I do not think that I should pay an hour of work for that.',
        'Bob',
      ),
    },
    {
      by: 'support',
      hoursAgo: 71 * 24 - 20,
      body: text(
        'Hello Bob,',
        'you are right, and I am sorry. A record of the shop was changed along with those of the map; it is back as it was. ' +
          'The hour is refunded, you find it among your invoices.',
        'Sam',
      ),
    },
    { by: 'customer', hoursAgo: 70 * 24 - 3, body: 'Thank you, that is fair.' },
  ],
};

const suspended: DemoConversation = {
  subject: 'My cloud server is suspended',
  state: 'open',
  said: [
    {
      by: 'customer',
      hoursAgo: 19,
      body: text(
        'Hello,',
        'maps.lindqvist-cycling.example is suspended. When I paid for cyclists-map.example last week, I thought that was all there was to pay, ' +
          'and overlooked the invoice of the cloud server. I am paying it today.',
        'How long does it take until the server is on again? And are the tiles of the map still on its disk?',
        'Bob',
      ),
    },
  ],
};

/** The tickets of the demo customers, by e-mail address. */
export const demoConversations: ReadonlyMap<string, readonly DemoConversation[]> = new Map([
  ['alice@example.com', [backups, transfer]],
  ['bob@example.com', [refund, suspended]],
]);
