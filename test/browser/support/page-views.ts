import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { twoFactorTemplates } from 'nestjs-two-factor';

/** The portal's views that are a page of their own, not a part of one, in these folders of `templates/`. */
export function portalPages(...folders: readonly string[]): string[] {
  return allPortalPages(...folders).filter((view) => !ofDesk.test(view));
}

function allPortalPages(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    pagesBelow(join('templates', folder)).map((view) => `${folder}/${view}`),
  );
}

/** The two-factor module's pages, as the portal names them, without those of the help desk. */
export function twoFactorPages(): string[] {
  return allTwoFactorPages().filter((view) => !ofDesk.test(view));
}

/** The pages of caller check, recovery desk, codes of the help desk and check-up, for owners and agents. */
export function deskPages(): string[] {
  return [...allTwoFactorPages(), ...allPortalPages('staff')].filter((view) => ofDesk.test(view));
}

const ofDesk =
  /^modules\/two-factor\/(verify-caller|check-up|recovery\/(cancel|own)|help-desk-code|staff\/one-time-code)|^staff\/recovery-/;

function allTwoFactorPages(): string[] {
  return pagesBelow(twoFactorTemplates).map((view) => `modules/two-factor/${view}`);
}

/** A page says what it is called; a part does not. Mails do, and are no pages. */
function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs') && !file.startsWith('mail'))
    .filter((file) => readFileSync(join(folder, file), 'utf8').includes('{{page '))
    .map((file) => file.slice(0, -'.hbs'.length));
}
