import {
  Module,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
  type Provider,
} from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { LoginSession } from './core/contracts/ports/login-session.js';
import { isChecked, SessionCheck } from './http/defaults/session-check.js';
import { ProblemFilter } from './http/response/problem.filter.js';
import { SecondFactorRequiredFilter } from './http/gate/second-factor-required.js';
import { composition } from './two-factor.composition.js';
import { settingsOf, SETTINGS } from './two-factor.options.js';
import type { TwoFactorAsyncRoot, TwoFactorRoot, TwoFactorSetup } from './two-factor.setup.js';
import { Maintenance } from './maintenance.js';

/** Two-factor for a Nest application. Global: the login guard is resolved in the host's own modules. */
@Module({})
export class TwoFactorModule implements NestModule {
  constructor(
    private readonly application: ApplicationConfig,
    private readonly required: SecondFactorRequiredFilter,
    private readonly problems: ProblemFilter,
    private readonly maintenance: Maintenance,
    private readonly sessions: LoginSession,
  ) {}

  /**
   * Nest calls this after the host has named its global filters, before routes are created. The last filter runs first:
   * a host's filter that catches everything must not answer a pending login, or people would be sent to a wrong page.
   * The module answers errors of the facade only where the host has no filter for them. It runs only where routes are
   * served, so that command lines can still report the state of the keys.
   * @throws MissingKey, WrongKey when the key ring cannot open most of the stored values.
   */
  async configure(consumer: MiddlewareConsumer): Promise<void> {
    this.checkSessions(consumer);
    this.application.useGlobalFilters(this.required);
    this.application.getGlobalFilters().unshift(this.problems);
    await this.maintenance.beforeServing();
  }

  /** A `LoginSession` without `check` compares by itself. */
  private checkSessions(consumer: MiddlewareConsumer): void {
    if (!isChecked(this.sessions)) return;
    const check = new SessionCheck(this.sessions);
    consumer.apply(check.use.bind(check)).forRoutes('{*path}');
    this.application.useGlobalGuards(check);
  }

  /**
   * Set-up and options together.
   * @throws InvalidOptionsError with a sentence for each fault.
   */
  static forRoot(root: TwoFactorRoot): DynamicModule {
    return fitted(root, { provide: SETTINGS, useValue: settingsOf(root) });
  }

  /** Options from a factory; a fault stops the start with a sentence. */
  static forRootAsync<Injected extends readonly unknown[]>(
    root: TwoFactorAsyncRoot<Injected>,
  ): DynamicModule {
    return fitted(root, {
      provide: SETTINGS,
      inject: [...(root.inject ?? [])],
      useFactory: async (...injected: unknown[]) => settingsOf(await root.useFactory(...(injected as never))),
    });
  }
}

function fitted(setup: TwoFactorSetup, settings: Provider): DynamicModule {
  const { controllers, providers, exports } = composition(setup);
  return {
    module: TwoFactorModule,
    global: true,
    imports: [...(setup.imports ?? [])],
    controllers,
    providers: [settings, ...providers],
    exports,
  };
}
