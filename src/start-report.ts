import type { ConsoleLogger } from '@nestjs/common';
import type { Config } from './config.js';
import { demoAccounts } from './demo/demo-accounts.js';
import type { DemoOutcome } from './demo/demo-data.js';
import { portalLogger } from './portal-logger.js';
import { startupErrorMessage } from './startup-errors.js';

/**
 * What the start tells the operator, whatever `LOG_LEVEL` is: progress and one block at the end. In production these are lines of
 * the log, which is JSON there.
 */
export class StartReport {
  private readonly log: ConsoleLogger | null;

  constructor(production: boolean) {
    this.log = production ? portalLogger({ production, logLevel: 'info' }) : null;
  }

  /** Announces a step. Production has no steps that take long. */
  progress(step: string): void {
    if (!this.log) console.log(`${step} …`);
  }

  /** The last output of the start. It names the file with the password, never the password: the output may be kept. */
  ready({ portalName, publicUrl }: Config, demo: DemoOutcome): void {
    const sentence = `${portalName} is ready: ${publicUrl}`;
    if (this.log) this.log.log(sentence, 'Start');
    else console.log(['', sentence, ...demoLines(demo), ''].join('\n'));
  }

  /** The reason why the start failed: one line for each fault. */
  refused(error: unknown): void {
    const message = startupErrorMessage(error);
    if (!this.log) console.error(message);
    // Several sentences are several faults; the lines of a stack belong together.
    else
      for (const fault of message.includes('\n    at ') ? [message] : message.split('\n'))
        this.log.error(fault);
  }
}

function demoLines(demo: DemoOutcome): string[] {
  if (demo.file === null) return [`  Demo data       none. ${demo.made ? '' : demo.because}`];
  return [
    `  Demo accounts   ${demoAccounts.map(({ email }) => email).join(', ')}`,
    `  Their password  is in ${demo.file}`,
  ];
}
