import type { Environment } from './environment.js';

/** The variables that production must set, and the reasons. */
const required: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'links in mails and the cookies depend on it',
  DATABASE_URL: 'the embedded database is for trying out',
  TRUST_PROXY: 'client addresses depend on it',
  SMTP_URL: 'mails must reach people',
};

/** Returns one sentence for each reason why this environment cannot run in production. */
export function productionFaults(from: Environment): string[] {
  const missing = Object.keys(required).filter((name) => !from.has(name));
  const faults = missing.map((name) => `${name} must be set in production: ${required[name]}.`);
  const isPlain = from.has('PUBLIC_URL') && !from.text('PUBLIC_URL', '').startsWith('https://');
  return isPlain ? [...faults, 'PUBLIC_URL must be https in production.'] : faults;
}
