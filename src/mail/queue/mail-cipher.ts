import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { RenderedMail } from '../rendering/rendered-mail.js';

/** Maximum length of a sealed mail, in characters: the limit of MariaDB's `text`. It is about 48 kB of compressed mail. */
export const longestMail = 65_535;

const algorithm = 'aes-256-gcm';

/**
 * Seals mails while they wait. They may contain single-use links, which a dump of the database must not reveal. The key is
 * derived from `SESSION_SECRET`, which all nodes share.
 */
@Injectable()
export class MailCipher {
  private readonly key: Buffer;

  constructor({ sessionSecret }: Config) {
    this.key = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'letters in the mail queue', 32));
  }

  /**
   * The seal is bound to the id, so a mail cannot be opened in another row.
   * @throws when the result is longer than `longestLetter`.
   */
  seal(id: string, letter: RenderedMail): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(algorithm, this.key, nonce).setAAD(Buffer.from(id));
    const content = [cipher.update(deflateRawSync(JSON.stringify(letter))), cipher.final()];
    const sealed = Buffer.concat([nonce, ...content, cipher.getAuthTag()]).toString('base64');
    // MariaDB's insert-or-ignore would cut it silently.
    if (sealed.length > longestMail) throw new Error(`The letter is too long: ${sealed.length} characters.`);
    return sealed;
  }

  /** @throws when it was changed, or sealed for another id or with another secret. */
  open(id: string, sealed: string): RenderedMail {
    const bytes = Buffer.from(sealed, 'base64');
    const [nonce, content, tag] = [bytes.subarray(0, 12), bytes.subarray(12, -16), bytes.subarray(-16)];
    try {
      const opener = createDecipheriv(algorithm, this.key, nonce, { authTagLength: 16 });
      opener.setAAD(Buffer.from(id)).setAuthTag(tag);
      const plain = Buffer.concat([opener.update(content), opener.final()]);
      return JSON.parse(inflateRawSync(plain).toString()) as RenderedMail;
    } catch (cause) {
      throw new Error('The mail cannot be opened: SESSION_SECRET is different, or the row was changed.', {
        cause,
      });
    }
  }
}
