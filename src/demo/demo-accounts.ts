import type { AccountFacts } from '../accounts/account.js';

/** The accounts of a first start. None has a second factor. */
export const demoAccounts: readonly AccountFacts[] = [
  { email: 'alice@example.com', name: 'Alice Moreau', role: 'customer' },
  { email: 'bob@example.com', name: 'Bob Lindqvist', role: 'customer' },
  { email: 'sam@example.com', name: 'Sam Okafor', role: 'support' },
  { email: 'mia@example.com', name: 'Mia Tanaka', role: 'admin' },
];
