import { Logger, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailChannel } from './core/challenges/mail-channel.js';
import { FactorRegistry } from './core/accounts/factor-registry.js';
import { STOP_ADDRESS, type StopAddress } from './core/stop-links/stop-address.js';
import { StopLinks } from './core/stop-links/stop-links.js';
import { BrakePolicy } from './core/brake/brake-policy.js';
import { Policy } from './core/login/policy.js';
import { RecoveryPolicy, recoveryRulesOf } from './core/recovery-cases/recovery-policy.js';
import { Clock } from './core/contracts/ports/clock.js';
import { Mailer } from './core/contracts/ports/mailer.js';
import { PageRenderer } from './core/contracts/ports/page-renderer.js';
import { Encryption } from './core/contracts/ports/encryption.js';
import { Translator } from './core/contracts/ports/translator.js';
import { Stores } from './core/contracts/stores/stores.js';
import { helpDeskCode } from './factors/help-desk-code/help-desk-code.factor.js';
import { twoFactorMessages, twoFactorTemplates } from './folders.js';
import { isSafeForConcurrentUse } from 'typeorm-unit-of-work';
import { BRAND } from './http/enrollment/codes.page.js';
import { JsonTranslator } from './http/defaults/json.translator.js';
import { PlainRenderer } from './http/defaults/plain.renderer.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { fieldsOf } from './http/forms/fields-of.js';
import { ORIGINS } from './http/guards/refused-origins.js';
import { HIDDEN_FIELDS } from './http/guards/same-origin.guard.js';
import { HELP } from './http/response/responder.js';
import { Routes } from './http/response/routes.js';
import { secretBoxOf } from './storage/encryption/key-ring.secret-box.js';
import { TypeOrmStores } from './storage/stores/typeorm.stores.js';
import { InvalidOptionsError, SETTINGS, type Settings } from './two-factor.options.js';

/** The package's own texts, and those of the kinds. */
export const ownTexts: Provider = {
  provide: Translator,
  useFactory: ({ factors }: Settings) =>
    new JsonTranslator([twoFactorMessages, ...factors.flatMap(({ messages }) => messages ?? [])]),
  inject: [SETTINGS],
};

/** The package's own pages, and those of the kinds. */
export const ownPages: Provider = {
  provide: PageRenderer,
  useFactory: ({ factors }: Settings, translator: Translator) =>
    new PlainRenderer(
      [twoFactorTemplates, ...factors.flatMap(({ templates }) => templates ?? [])],
      translator,
    ),
  inject: [SETTINGS, Translator],
};

const unqueued =
  'This SQLite DataSource is not queued: simultaneous sign-ins can join the transaction of another request. ' +
  'Call queueSqlite(dataSource) of typeorm-unit-of-work before the application starts.';

/** The host's `DataSource`, where it names no stores. It warns when SQLite is used without `queueSqlite`. */
export const ownStores: Provider = {
  provide: Stores,
  useFactory: (source: DataSource) => {
    if (!isSafeForConcurrentUse(source)) new Logger('nestjs-two-factor').warn(unqueued);
    return new TypeOrmStores(source);
  },
  inject: [DataSource],
};

/** The key ring of the settings, where the host names no encryption. */
export const ownEncryption: Provider = {
  provide: Encryption,
  useFactory: ({ keys }: Settings) => secretBoxOf(keys),
  inject: [SETTINGS],
};

/** The reason why the channel of mail sends no message. */
const noMailer = 'codes are to be mailed, and there is no mailer: set one.';

/** The reason why no account could sign in without a password. */
const noPasskeys = 'passwordless needs a kind that can, such as webauthn().';

/** @throws InvalidOptionsError when a kind does not exist, or needs a channel that cannot send. */
function registryOf(
  { factors, issuer, origins, strict, passwordless, disabled, hashCost }: Settings,
  clock: Clock,
  mailer: Mailer,
  stopLinks: StopLinks,
): FactorRegistry {
  const mail = new MailChannel(mailer, mailer instanceof SilentMailer ? noMailer : undefined, stopLinks);
  const logger = new Logger('nestjs-two-factor');
  const warn = (line: string) => logger.warn(line);
  const tools = { clock, issuer, origins, strict, mail, hashCost, warn };
  const registry = new FactorRegistry([...factors, helpDeskCode()], fieldsOf, tools, disabled);
  const faults = faultsOf(registry, disabled);
  if (faults.length > 0) throw new InvalidOptionsError(`nestjs-two-factor: ${faults.join(' ')}`);
  if (passwordless === 'nobody' || registry.primaryKinds().some(({ behaviour }) => behaviour.passwordless))
    return registry;
  throw new InvalidOptionsError(`nestjs-two-factor: ${noPasskeys}`);
}

/** Why kinds cannot work in this host. A kind that is disabled may be unfit for the site. */
function faultsOf(registry: FactorRegistry, disabled: readonly string[]): string[] {
  return registry.primaryKinds().flatMap(({ definition, behaviour }) => {
    const channel = behaviour.delivery?.channel.fault ?? [];
    const site = disabled.includes(definition.kind) ? [] : (behaviour.fault ?? []);
    return [channel, site].flat();
  });
}

/** The providers that depend on the settings. */
export const fromSettings: Provider[] = [
  {
    provide: Policy,
    useFactory: ({ require, skips, strict, passwordless }: Settings) =>
      new Policy(require, strict ? [] : skips, passwordless, strict),
    inject: [SETTINGS],
  },
  {
    provide: STOP_ADDRESS,
    useFactory: ({ publicUrl }: Settings, routes: Routes): StopAddress =>
      publicUrl === null ? () => null : (token) => `${publicUrl}${routes.stop(token)}`,
    inject: [SETTINGS, Routes],
  },
  {
    provide: BrakePolicy,
    useFactory: ({ brakeHours }: Settings) => new BrakePolicy(brakeHours),
    inject: [SETTINGS],
  },
  {
    provide: RecoveryPolicy,
    useFactory: ({ recoveryDesk }: Settings) => new RecoveryPolicy(recoveryRulesOf(recoveryDesk)),
    inject: [SETTINGS],
  },
  { provide: BRAND, useFactory: ({ issuer }: Settings) => issuer, inject: [SETTINGS] },
  { provide: HELP, useFactory: ({ help }: Settings) => help, inject: [SETTINGS] },
  { provide: ORIGINS, useFactory: ({ origins }: Settings) => origins, inject: [SETTINGS] },
  { provide: HIDDEN_FIELDS, useFactory: ({ formFields }: Settings) => formFields, inject: [SETTINGS] },
  {
    provide: FactorRegistry,
    useFactory: registryOf,
    inject: [SETTINGS, Clock, Mailer, StopLinks],
  },
];
