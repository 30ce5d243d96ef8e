import { Injectable, Logger } from '@nestjs/common';
import { SecurityLog, type ThrottledRequest } from '../../core/rate-limits/security-log.js';

/** The first words of the line for a wrong code. fail2ban reads the first of them for passwords too. */
const refused = { challenge: 'refused sign-in', 'step-up': 'refused confirmation' } as const;

/** The lines, as warnings of Nest's logger. */
@Injectable()
export class LoggerSecurityLog extends SecurityLog {
  private readonly logger = new Logger('nestjs-two-factor');

  throttled({ limit, accountId, ip, until }: ThrottledRequest): void {
    const end = until === null ? '-' : new Date(until).toISOString();
    this.logger.warn(`throttled limit=${limit} account=${word(accountId)} ip=${word(ip)} until=${end}`);
  }

  wrongCode(place: 'challenge' | 'step-up', ip: string | null): void {
    this.logger.warn(`${refused[place]} ip=${word(ip)} reason=code`);
  }

  wrongPassword(ip: string | null): void {
    this.logger.warn(`${refused['step-up']} ip=${word(ip)} reason=credentials`);
  }
}

/** One word for any text: a host's id or a client's text must not be able to add a member or a line. */
function word(text: string | null): string {
  return text === null || text === '' ? '-' : text.replace(/[^\w.:@/+-]/g, '?').slice(0, 100);
}
