import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { bootContext } from '../boot.js';
import { readConfig } from '../config.js';
import type { AppContext } from '../portal/modules/operator-command.js';
import type { PortalModule } from '../portal/modules/portal-module.js';

/** The portal's services, created when a command first needs one. */
export class CommandContext implements AppContext {
  private made: Promise<INestApplicationContext> | undefined;

  constructor(private readonly modules: readonly PortalModule[]) {}

  async get<T>(token: Type<T> | Abstract<T>): Promise<T> {
    // Standard output belongs to the command. Only errors are logged, and they go to standard error.
    this.made ??= bootContext({
      config: readConfig(process.env),
      modules: this.modules,
      logger: ['error', 'fatal'],
    });
    return (await this.made).get<T>(token, { strict: false });
  }

  async close(): Promise<void> {
    const app = await this.made?.catch(() => undefined);
    await app?.close();
  }
}
