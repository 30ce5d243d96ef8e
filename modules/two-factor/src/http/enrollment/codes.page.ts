import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import { Problem } from '../../core/common/errors.js';
import type { Enrolled, NewCodes } from '../../core/enrollment/earlier-enrollment.js';
import type { SetUpFacts } from '../../core/enrollment/enrollment-results.js';
import type { ShownCodes } from '../../core/enrollment/codes/unsaved-codes.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import { ORIGINS } from '../guards/refused-origins.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';

/** Injection token of the provider's name. */
export const BRAND = Symbol('nestjs-two-factor:brand');

/** The codes of a page: those of one set, with the set-up that issued them. */
type CodesOnPage = NewCodes & Partial<Pick<ShownCodes, 'setId' | 'setUp' | 'createdAt'>>;

/** The pages that show new recovery codes, and the result of a set-up that issued none. */
@Injectable()
export class CodesPage {
  constructor(
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly routes: Routes,
    @Inject(BRAND) private readonly brand: string,
    @Inject(ORIGINS) private readonly origins: readonly string[],
  ) {}

  /** The answer to the end of an enrollment: people are redirected to the codes, or to the result. */
  afterSetUp(enrolled: Enrolled, returnTo?: string): Reply {
    const { factor, issued } = enrolled;
    const [first] = issued;
    const to = first ? this.routes.codes(first.kind, returnTo) : this.routes.done(factor.kind, returnTo);
    return { to, json: jsonOf(enrolled) };
  }

  /** The codes in the answer itself, for a login that the host's next gate still holds. */
  beforeNextGate(request: Request, account: Account, enrolled: Enrolled, next: string): Reply {
    const sets = enrolled.issued.map((codes) => this.set(request, account, codes));
    const model = { ...setUpOf(enrolled), sets, next };
    return { page: { view: sets.length > 0 ? 'codes/new' : 'enrol/done', model }, json: jsonOf(enrolled) };
  }

  /** The codes, until their owner says that they are saved. */
  shown(request: Request, account: Account, codes: ShownCodes, returnTo?: string): Reply {
    const { kind, setId, setUp, json } = codes;
    const sets = [this.set(request, account, codes)];
    const model = {
      ...(setUp && setUpOf(setUp)),
      kind,
      sets,
      set: setId,
      saved: this.routes.saved(kind),
      returnTo,
    };
    return { page: { view: 'codes/new', model }, json };
  }

  /** The codes are not shown any more, or not to this session. */
  ended(request: Request, kind: string, returnTo?: string): Reply {
    const problem = new Problem('NOT_FOUND', this.translator.text(request, 'codes.ended.text', {}));
    const [make, saved] = [this.routes.setUp(false, kind), this.routes.saved(kind)];
    const model = { kind, make, saved, returnTo, next: this.routes.onward(returnTo) };
    return { page: { view: 'codes/ended', model }, json: problem };
  }

  /** The result of a set-up without its codes. `codesStay`: the account had recovery codes before, and keeps them. */
  done(setUp: SetUpFacts, codesStay: boolean, returnTo?: string): Reply {
    const model = { ...setUpOf(setUp), codesStay, next: this.routes.onward(returnTo) };
    return { page: { view: 'enrol/done', model }, json: { status: 'enabled', factor: setUp.factor } };
  }

  private set(request: Request, { email }: Account, { kind, codes, createdAt }: CodesOnPage) {
    const day = new Date(createdAt ?? this.clock.now()).toISOString().slice(0, 10);
    const brand = [this.brand, ...this.origins.slice(0, 1)].join(', ');
    const head = this.translator.text(request, 'codes.file-head', { brand, account: email, day });
    const lines = [head, '', ...codes];
    const download = `data:text/plain;charset=utf-8,${encodeURIComponent([...lines, ''].join('\r\n'))}`;
    return { view: `${kind}/issued`, kind, codes, head, download, lines };
  }
}

function setUpOf({ factor: { label }, first, replaced }: SetUpFacts) {
  return { label, first, replaced, again: replaced === label, isSetUp: true };
}

function jsonOf({ issued, factor: { id, kind, label } }: Enrolled): Record<string, unknown> {
  const codes = Object.assign({}, ...issued.map(({ json }) => json)) as Record<string, unknown>;
  return { ...codes, status: 'enabled', factor: { id, kind, label } };
}
