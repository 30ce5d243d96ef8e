import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailChannel } from './core/challenges/mail-channel.js';
import { Devices } from './core/devices/devices.js';
import { FactorRegistry } from './core/accounts/factor-registry.js';
import { Policy } from './core/login/policy.js';
import { Clock } from './core/contracts/ports/clock.js';
import { Mailer } from './core/contracts/ports/mailer.js';
import { PageRenderer } from './core/contracts/ports/page-renderer.js';
import { SecretBox } from './core/contracts/ports/secret-box.js';
import { Translator } from './core/contracts/ports/translator.js';
import { Stores } from './core/contracts/stores/stores.js';
import { twoFactorMessages, twoFactorTemplates } from './folders.js';
import { BRAND } from './http/enrollment/codes.page.js';
import { JsonTranslator } from './http/defaults/json.translator.js';
import { PlainRenderer } from './http/defaults/plain.renderer.js';
import { SilentMailer } from './http/defaults/silent.mailer.js';
import { fieldsOf } from './http/forms/fields-of.js';
import { HIDDEN_FIELDS, ORIGINS } from './http/guards/same-origin.guard.js';
import { HELP } from './http/response/responder.js';
import { secretBoxOf } from './storage/encryption/key-ring.secret-box.js';
import { TypeOrmStores } from './storage/stores/typeorm.stores.js';
import { ImpossibleOptions, SETTINGS, type Settings } from './two-factor.options.js';

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

/** The host's `DataSource`, where it names no stores. */
export const ownStores: Provider = {
  provide: Stores,
  useFactory: (source: DataSource) => new TypeOrmStores(source),
  inject: [DataSource],
};

/** The key ring of the settings, where the host names no encryption. */
export const ownEncryption: Provider = {
  provide: SecretBox,
  useFactory: ({ keys }: Settings) => secretBoxOf(keys),
  inject: [SETTINGS],
};

/** Why the channel of mail sends nothing. */
const noMailer = 'codes are to be mailed, and there is no mailer: set one.';

/** @throws ImpossibleOptions when people are to sign in by a kind that there is not, or by a channel that cannot send. */
function registryOf(
  { factors, issuer, origins, strict, passwordless, retired }: Settings,
  clock: Clock,
  mailer: Mailer,
): FactorRegistry {
  const mail = new MailChannel(mailer, mailer instanceof SilentMailer ? noMailer : undefined);
  const tools = { clock, issuer, origins, strict, mail };
  const registry = new FactorRegistry(factors, fieldsOf, tools, retired);
  const faults = registry.primaries().flatMap(({ act }) => act.delivery?.channel.fault ?? []);
  if (faults.length > 0) throw new ImpossibleOptions(`nestjs-two-factor: ${faults.join(' ')}`);
  if (passwordless === 'nobody' || registry.primaries().some(({ act }) => act.passwordless)) return registry;
  throw new ImpossibleOptions('nestjs-two-factor: passwordless needs a kind that can, such as webauthn().');
}

/** What the settings decide. */
export const fromSettings: Provider[] = [
  {
    provide: Policy,
    useFactory: ({ require, skips, strict, passwordless }: Settings, devices: Devices) =>
      new Policy(
        require,
        strict ? [] : skips.map((rule) => ({ name: rule.name, act: rule.create({ devices }) })),
        passwordless,
      ),
    inject: [SETTINGS, Devices],
  },
  { provide: BRAND, useFactory: ({ issuer }: Settings) => issuer, inject: [SETTINGS] },
  { provide: HELP, useFactory: ({ help }: Settings) => help, inject: [SETTINGS] },
  { provide: ORIGINS, useFactory: ({ origins }: Settings) => origins, inject: [SETTINGS] },
  { provide: HIDDEN_FIELDS, useFactory: ({ formFields }: Settings) => formFields, inject: [SETTINGS] },
  {
    provide: FactorRegistry,
    useFactory: registryOf,
    inject: [SETTINGS, Clock, Mailer],
  },
];
