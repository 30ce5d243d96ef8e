import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/error-facts.js';

/** A mail in the outbox. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  /** The whole message, as it would go over the wire. */
  readonly source: string;
}

/** The mails in the portal's outbox. */
export class Inbox {
  private readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'outbox');
  }

  /** Mails to this address, by the names of their files, which say nothing of their order. */
  async of(email: string): Promise<readonly ReceivedMail[]> {
    const files = await readdir(this.folder).catch(noneYet);
    const names = files.filter((name) => name.endsWith('.eml')).sort();
    const mails = await Promise.all(
      names.map(async (name) => parsed(await readFile(join(this.folder, name), 'utf8'))),
    );
    return mails.filter((mail) => mail.to.includes(email));
  }
}

/** The folder comes with the first mail. */
function noneYet(error: unknown): string[] {
  if (errorCode(error) === 'ENOENT') return [];
  throw error;
}

function parsed(source: string): ReceivedMail {
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim() ?? '';
  return { to: header('To'), subject: header('Subject'), source };
}
