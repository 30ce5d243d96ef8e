import type { Environment } from './environment.js';

/** What production must say outright, and why. */
const required: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'links in mails and the cookies depend on it',
  DATABASE_URL: 'the embedded database is for trying out',
  TRUST_PROXY: 'client addresses depend on it',
  SMTP_URL: 'notices must reach people',
};

/** What keeps this environment from running in production, as a sentence; null when nothing does. */
export function productionFault(from: Environment): string | null {
  const missing = Object.keys(required).find((name) => !from.has(name));
  if (missing) return `${missing} must be set in production: ${required[missing]}.`;
  if (!from.text('PUBLIC_URL', '').startsWith('https://')) return 'PUBLIC_URL must be https in production.';
  return null;
}
