import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { TwoFactorAct } from '../../core/step-up/act.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { Routes } from '../response/routes.js';
import { isReading } from './kept-request.js';
import { textOf } from '../request/text-of.js';

/** The dangerous actions of the package's own routes. `set-up` adds or replaces a factor. */
export type PackageAct = 'set-up' | 'factor.remove' | 'codes.renew' | 'two-factor.disable';

/** One action without its page, which all of them have. */
type Named = Omit<TwoFactorAct, 'page' | 'signInCounts'>;

/** Names the actions of the package's own routes, with what they act on. A sign-in counts for all of them. */
@Injectable()
export class PackageActs {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly problemMessages: ProblemMessages,
    private readonly routes: Routes,
  ) {}

  /** `name` is undefined for a route that names no action; it is then an action of its own. */
  of(name: PackageAct | undefined, request: Request, who: StepUpContext): TwoFactorAct {
    const named = this.named(name, request, who);
    return { ...named, page: this.pageWithForm(request), signInCounts: true };
  }

  private named(name: PackageAct | undefined, request: Request, who: StepUpContext): Named {
    if (name === 'set-up') return this.setUp(request, who);
    if (name === 'factor.remove') return this.removal(request, who);
    if (name === 'codes.renew') return this.renewal(request, String(request.params['kind']));
    if (name === undefined) return this.unnamed(request);
    return { name, title: () => this.problemMessages.text(request, 'act.two-factor.disable') };
  }

  private setUp(request: Request, who: StepUpContext): Named {
    const kind = String(request.params['kind']);
    if (this.registry.recovery(kind)) return this.renewal(request, kind);
    const factor = replacedBy(request);
    if (factor === undefined)
      return {
        name: 'factor.add',
        parameters: { kind },
        title: () => this.text(request, `${kind}.add`, 'act.factor.add'),
      };
    const label = labelOf(who, factor);
    const title = () => this.text(request, `${kind}.act.replace`, 'act.factor.replace', label);
    return { name: 'factor.replace', parameters: { kind, factor }, title };
  }

  private removal(request: Request, who: StepUpContext): Named {
    const factor = String(request.params['id']);
    const kind = who.accountState.factors.find(({ id }) => id === factor)?.kind ?? '';
    const title = () => this.text(request, `${kind}.act.remove`, 'act.factor.remove', labelOf(who, factor));
    return { name: 'factor.remove', parameters: { factor }, title };
  }

  private renewal(request: Request, kind: string): Named {
    const title = () => this.text(request, `${kind}.act.renew`, 'act.codes.renew');
    return { name: 'codes.renew', parameters: { kind }, title };
  }

  private unnamed(request: Request): Named {
    const { method, originalUrl } = request;
    const [path = ''] = originalUrl.split('?', 1);
    const title = () => this.problemMessages.text(request, 'act.change');
    return { name: 'account.change', parameters: { method, path }, title };
  }

  /** The kind's own text, or the general one where the kind brings none. */
  private text(request: Request, own: string, general: string, label = ''): string {
    try {
      return this.problemMessages.text(request, own, { label });
    } catch {
      return this.problemMessages.text(request, general, { label });
    }
  }

  private pageWithForm(request: Request): string {
    if (isReading(request)) return request.originalUrl;
    const kind = request.params['kind'];
    if (typeof kind !== 'string') return this.routes.security();
    const { returnTo } = (request.body ?? {}) as Record<string, unknown>;
    return this.routes.setUp(false, kind, '', { returnTo: textOf(returnTo) });
  }
}

/** The factor that a set-up replaces: named in the address of its page, and in its form. */
function replacedBy(request: Request): string | undefined {
  const fields = isReading(request) ? request.query : ((request.body ?? {}) as Record<string, unknown>);
  return textOf(fields['replaces']);
}

function labelOf({ accountState }: StepUpContext, factor: string): string {
  return accountState.factors.find(({ id }) => id === factor)?.label ?? '';
}
