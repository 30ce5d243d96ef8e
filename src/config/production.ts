import type { Environment } from './environment.js';

/** The variables that production must set, and the reasons. */
const required: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'links in mails and the cookies depend on it',
  DATABASE_URL: 'the embedded database is for trying out',
  TRUST_PROXY: 'client addresses depend on it',
  SMTP_URL: 'mails must reach people',
};

/** Returns one sentence that says why this environment cannot run in production; null when it can. */
export function productionFault(from: Environment): string | null {
  const missing = Object.keys(required).find((name) => !from.has(name));
  if (missing) return `${missing} must be set in production: ${required[missing]}.`;
  if (!from.text('PUBLIC_URL', '').startsWith('https://')) return 'PUBLIC_URL must be https in production.';
  return null;
}
