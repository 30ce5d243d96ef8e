import { Injectable, Logger } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { lengthWithout, wordsOf, wordsOfAddress } from '../../accounts/passwords/own-words.js';
import { passwordLength } from '../../accounts/passwords/passwords.js';
import { Config } from '../../config.js';
import { errorMessage } from '../../error-facts.js';
import { type FormPage, refusedForm } from '../../portal/forms/form.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import type { PasswordRule } from '../../portal/modules/portal-module.js';
import { isCommonPassword } from './common-passwords.js';

/** Why a new password is refused: a message key. */
type PasswordRefusal = 'password.own-words' | 'password.common' | 'password.known';

/**
 * Refuses new passwords that others would guess: one of the commonest (ASVS 5.0 6.2.4), one that is little more than the person's
 * own name, e-mail address or the portal's name (6.2.11), or one that the rule of a module knows (6.2.12).
 */
@Injectable()
export class PasswordRules {
  private readonly logger = new Logger('Passwords');

  constructor(
    private readonly config: Config,
    private readonly modules: InstalledModules,
  ) {}

  /** @throws PortalProblem INVALID_INPUT with the reason at the field, shown on `page`. */
  async require(
    account: Account,
    field: string,
    body: Readonly<Record<string, string>>,
    page: FormPage,
  ): Promise<void> {
    const key = await this.refusal(account, body[field] ?? '');
    if (key !== null) throw refusedForm([{ field, key }], page, body);
  }

  private async refusal(account: Account, password: string): Promise<PasswordRefusal | null> {
    if (await isCommonPassword(password)) return 'password.common';
    if (this.isOwnWords(account, password)) return 'password.own-words';
    for (const rule of this.modules.passwordRules())
      if (await this.knows(rule, password)) return 'password.known';
    return null;
  }

  private isOwnWords({ name, email }: Account, password: string): boolean {
    const words = [...wordsOf(name), ...wordsOfAddress(email), ...wordsOf(this.config.portalName)];
    const whole = lengthWithout([], password);
    const left = lengthWithout(words, password);
    return left < whole && left < passwordLength.min;
  }

  /** A service that fails must not keep people from a new password; the other rules still hold. */
  private async knows(rule: PasswordRule, password: string): Promise<boolean> {
    try {
      return await rule.refuses(password);
    } catch (error) {
      this.logger.warn(`A rule for passwords failed, and was left out: ${errorMessage(error)}`);
      return false;
    }
  }
}
