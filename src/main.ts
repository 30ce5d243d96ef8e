import { ConsoleLogger } from '@nestjs/common';
import { bootPortal } from './boot.js';
import { type Config, readConfig } from './config.js';
import { DemoData, type DemoOutcome } from './demo/demo-data.js';
import { drainable } from './portal/drain.js';
import { startupErrorMessage } from './startup-errors.js';

/** Longest duration of a shutdown, in milliseconds: first connections, then events in delivery. */
const stopWithin = 10_000;
const drainTimes = { idle: 1_000, longest: 8_000 };

try {
  await start(readConfig(process.env));
} catch (error) {
  console.error(startupErrorMessage(error));
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const logger = new ConsoleLogger({ json: config.production });
  const app = await bootPortal({ config, logger });
  const drain = drainable(app.getHttpServer(), drainTimes);
  const stop = () => void exitAfter(() => drain().then(() => app.close()));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  tell(await app.get(DemoData).createDemo());
  await app.listen(config.port, config.host);
  console.log(`${config.portalName} is ready: ${config.publicUrl}`);
}

/** Finishes requests in progress, accepts no new ones, and closes the database. */
async function exitAfter(stop: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(1), stopWithin).unref();
  await stop();
  process.exit(0);
}

function tell(demo: DemoOutcome): void {
  if (!demo.made) return;
  console.log(`Demo accounts: ${demo.emails.join(', ')}`);
  console.log(`Their password: ${demo.password} (kept in ${demo.file})`);
}
