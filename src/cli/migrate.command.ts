import { readConfig } from '../config.js';
import { connect } from '../database/connection/connect.js';
import { migrate } from '../database/migrate.js';
import { longWork } from '../database/connection/waits.js';
import type { CommandAnswer, OperatorCommand } from '../portal/modules/operator-command.js';
import type { PortalModule } from '../portal/modules/portal-module.js';

/** Runs the migrations of these modules. It needs no service of the portal, because they may not start before the migrations. */
export function migrateCommand(modules: readonly PortalModule[]): OperatorCommand {
  return {
    name: 'migrate',
    summary: 'run the database migrations that are due',
    async run(): Promise<CommandAnswer> {
      const database = await connect(readConfig(process.env), modules, longWork);
      try {
        const ran = await migrate(database);
        const text = ran.length ? `Ran ${ran.length}: ${ran.join(', ')}` : 'The database is up to date.';
        return { text, json: { ran } };
      } finally {
        await database.destroy();
      }
    },
  };
}
