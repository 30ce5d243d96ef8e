import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { composition } from './two-factor.composition.js';
import { settingsOf, SETTINGS } from './two-factor.options.js';
import type { TwoFactorAsyncRoot, TwoFactorRoot, TwoFactorSetup } from './two-factor.setup.js';

/** Two-factor for a Nest application. Global: the login guard is resolved in the host's own modules. */
@Module({})
export class TwoFactorModule {
  /**
   * Set-up and options at once.
   * @throws ImpossibleOptions with a sentence for each fault.
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
