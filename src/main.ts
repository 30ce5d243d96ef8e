import { ConsoleLogger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { bootPortal } from './boot.js';
import { type Config, readConfig } from './config.js';
import { DemoData, type DemoOutcome } from './demo/demo-data.js';
import { sentenceOf } from './refusal.js';

/** How long requests under way may take once the portal is told to stop, in milliseconds. */
const stopWithin = 10_000;

try {
  await start(readConfig(process.env));
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const logger = new ConsoleLogger({ json: config.production });
  const app = await bootPortal({ config, logger });
  process.once('SIGTERM', () => void stop(app));
  process.once('SIGINT', () => void stop(app));
  tell(await app.get(DemoData).createDemo());
  await app.listen(config.port, config.host);
  console.log(`${config.portalName} is ready: ${config.publicUrl}`);
}

/** Answers what is under way, takes nothing new, closes the database. */
async function stop(app: NestExpressApplication): Promise<void> {
  setTimeout(() => process.exit(1), stopWithin).unref();
  await app.close();
  process.exit(0);
}

function tell(demo: DemoOutcome): void {
  if (!demo.made) return;
  console.log(`Demo accounts: ${demo.emails.join(', ')}`);
  console.log(`Their password: ${demo.password} (kept in ${demo.file})`);
}
