import type { Abstract, Type } from '@nestjs/common';

/** The input of a command. */
export interface CommandInput {
  /** In the order of the command's `arguments`. */
  readonly arguments: readonly string[];
  /** By the long name in camel case: `--password-stdin` is `passwordStdin`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The output of a command: text for people, the same data for programs (`--json`). */
export interface CommandAnswer {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** The result is negative: exit code 1, although the output is complete. */
  readonly failed?: boolean;
}

/** The portal's services, available without the web server. */
export interface AppContext {
  /** A service of the portal or of a module. The first call creates all services. */
  get<T>(token: Type<T> | Abstract<T>): Promise<T>;
}

/** An option in the notation of `--help`, e.g. `--reason <text>`. */
export interface CommandOption {
  readonly flags: string;
  readonly summary: string;
  readonly required?: boolean;
}

/** An operator's command: `npm run portal -- NAME`. */
export interface OperatorCommand {
  /** `<subject>:<verb>`. */
  readonly name: string;
  readonly summary: string;
  /** Arguments in the notation of `--help`, e.g. `<email>`. */
  readonly arguments?: string;
  readonly options?: readonly CommandOption[];
  /** @throws CommandError with a sentence for the operator. */
  run(place: AppContext, input: CommandInput): Promise<CommandAnswer>;
}

/** The command cannot be run like this; the message is one sentence. Exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandRefused';
}
