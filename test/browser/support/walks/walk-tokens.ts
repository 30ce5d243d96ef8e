import type { Phone } from '../phone.js';
import type { BrowserUser } from '../browser-user.js';
import type { Shown, Walker } from './walk.js';

/** Confirms what the page asks for. */
async function confirmsWith(user: BrowserUser, password: string, phone: Phone): Promise<void> {
  await user.writes('Password', password);
  await user.answers('Security code', phone.code(), 'Confirm');
}

/** The page of tokens: empty, refused, a new token, the list. Returns the token. */
export async function walksToToken({ user, person }: Walker, phone: Phone, shown: Shown): Promise<string> {
  await user.chooses(person, 'API tokens');
  await shown('tokens-none');
  await user.writes('Name', 'Backup job');
  await user.clicks('Make token');
  await confirmsWith(user, person.password, phone);
  await shown('tokens-refused');
  for (const scope of ['services:read', 'domains:write'])
    await user.page.locator(`input[type=checkbox][value="${scope}"]`).check();
  await user.clicks('Make token');
  await shown('tokens-made');
  return user.page.locator('[data-api-token]').innerText();
}

/** An act of the token: waiting, confirmed, granted, and taken back. `page`: its address. */
export async function walksToApproval(
  { user, person }: Walker,
  { phone, page }: { readonly phone: Phone; readonly page: string },
  shown: Shown,
): Promise<void> {
  await user.goes('/account/tokens');
  await shown('tokens');
  await user.clicks('View and decide');
  await shown('approval-open');
  await user.clicks('Approve');
  await shown('approval-confirm');
  await confirmsWith(user, person.password, phone);
  await shown('approval-granted');
  await user.clicks('Take the approval back');
  await user.goes(page);
  await shown('approval-refused');
}

/** An agent logs in as a client, looks around, meets a closed page, and goes back. */
export async function walksAsClient(
  { user, person }: Walker,
  {
    phone,
    client,
  }: { readonly phone: Phone; readonly client: { readonly name: string; readonly path: string } },
  shown: Shown,
): Promise<void> {
  await user.goes(`${client.path}/impersonate`);
  await shown('impersonate');
  await user.writes('Reason', 'She cannot find her invoice.');
  await user.clicks('Log in as client');
  await shown('impersonate-confirm');
  await confirmsWith(user, person.password, phone);
  await shown('impersonation-home');
  await user.clicks('Invoices');
  await shown('impersonation-invoices');
  await user.goes('/account/security');
  await shown('impersonation-shut');
  await user.clicks('End and go back');
  await user.page.getByRole('heading', { level: 1, name: client.name }).waitFor();
}
