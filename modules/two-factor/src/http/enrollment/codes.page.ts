import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import type { IssuedCodes } from '../../core/accounts/factor-set-writer.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import type { Reply } from '../response/reply.js';
import type { SetUpDone } from './enrollment.page.js';

/** Injection token of the provider's name. */
export const BRAND = Symbol('nestjs-two-factor:brand');

/** The page that shows recovery codes once: at the end of an enrollment, or a new set alone. */
@Injectable()
export class CodesPage {
  constructor(
    private readonly translator: Translator,
    private readonly clock: Clock,
    @Inject(BRAND) private readonly brand: string,
  ) {}

  /** The end of an enrollment; without codes when the account keeps its set. */
  afterSetUp(request: Request, account: Account, done: SetUpDone, next: string): Reply {
    const { id, kind, label } = done.factor;
    const json = { ...jsonOf(done.issued), status: done.status, factor: { id, kind, label } };
    const sets = done.issued.map((issue) => this.set(request, account, issue, next));
    const { first, replaced } = done;
    const model = { label, first, replaced, again: replaced === label, sets, next };
    return { page: { view: 'enrol/done', model }, json };
  }

  /** A new set in place of the old one. */
  renewed(request: Request, account: Account, issue: IssuedCodes, next: string): Reply {
    const model = { sets: [this.set(request, account, issue, next)], next };
    return { page: { view: 'manage/renewed', model }, json: jsonOf([issue]) };
  }

  private set(request: Request, { email }: Account, { kind, codes }: IssuedCodes, next: string) {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    const values = { brand: this.brand, account: email, day };
    const head = this.translator.text(request, 'codes.file-head', values);
    const download = `data:text/plain;charset=utf-8,${encodeURIComponent([head, '', ...codes, ''].join('\r\n'))}`;
    return { view: `${kind.definition.kind}/issued`, codes, head, download, next };
  }
}

function jsonOf(issued: readonly IssuedCodes[]): Record<string, unknown> {
  return Object.assign({}, ...issued.map(({ json }) => json)) as Record<string, unknown>;
}
