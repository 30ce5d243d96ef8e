import { join } from 'node:path';
import { type DatabaseTarget, databaseTarget } from './config/database-target.js';
import { Environment } from './config/environment.js';
import { sender, type Sender, smtpServer, type SmtpServer } from './config/mail-settings.js';
import { type PasswordCost, passwordCost } from './config/password-cost.js';
import { readSecrets } from './config/secrets.js';
import { type PublicAddress, publicAddress } from './config/public-address.js';
import { passkeys } from './config/passkeys.js';
import { securityContact } from './config/security-contact.js';
import { productionFault } from './config/production.js';
import { trustedNetworks } from './config/trusted-networks.js';
import { themeName } from './config/theme-name.js';
import { ConfigError } from './config/config-error.js';

/** The accounts that must have a second factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** All settings from the environment, read once. Also the injection token. */
export class Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** The portal's public URL, without a slash at the end. */
  readonly publicUrl: string;
  /** True when the public URL uses https: cookies are Secure and HSTS is sent. */
  readonly https: boolean;
  /** Origins that count as this site in unsafe requests. */
  readonly origins: readonly string[];
  readonly portalName: string;
  readonly supportEmail: string | null;
  readonly supportPhone: string | null;
  /** Where security problems of the portal are reported, as a URI; null: not published. */
  readonly securityContact: string | null;
  /** A folder of `templates/themes`: the branding of this portal; null: none. */
  readonly theme: string | null;
  /** Folder for data of the built-in defaults; absolute. */
  readonly dataFolder: string;
  readonly database: DatabaseTarget;
  /** Key that signs session cookies and form tokens. */
  readonly sessionSecret: string;
  /** Key ring `id:base64(32 bytes),id:…`; the first key seals, all keys open. */
  readonly twoFactorKeys: string;
  readonly requireTwoFactor: Requirement;
  /** Whether passkeys can be set up and used. */
  readonly passkeys: boolean;
  /** The accounts that may sign in with a passkey alone. */
  readonly passkeySignIn: 'nobody' | 'customers' | 'everyone';
  /** Whether codes by mail can be used to sign in. */
  readonly mailedCodes: boolean;
  /** Networks in CIDR notation from which customers are not asked for the second factor; empty: none. */
  readonly trustedNetworks: readonly string[];
  /** The mail server; null: mails are stored as files in the data folder. */
  readonly smtp: SmtpServer | null;
  readonly mailFrom: Sender;
  /** Number of proxies in front that may set `X-Forwarded-For` and `X-Forwarded-Proto`. */
  readonly trustProxy: number;
  /** How long an idle connection stays usable, in seconds: at least as long as the proxies in front keep it. */
  readonly keepAliveSeconds: number;
  /** Argon2id cost of new hashes. */
  readonly passwordHash: PasswordCost;
  /** Password of the demo accounts; null: a random password. */
  readonly demoPassword: string | null;

  constructor(values: Config) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/**
 * Reads the environment.
 * @throws ConfigRefused with one sentence that names the variable and the allowed values.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const from = new Environment(env);
  const production = from.text('NODE_ENV', '') === 'production';
  const fault = production ? productionFault(from) : null;
  if (fault) throw new ConfigError(fault);
  const place = publicAddress(from, production);
  const dataFolder = from.folder('PORTAL_DATA', 'data');
  return new Config({
    ...place,
    ...readSecrets(from, production, dataFolder),
    ...provider(from, place),
    ...passkeys(from, place),
    production,
    theme: themeName(from.text('THEME', '')),
    dataFolder,
    database: databaseTarget(from.text('DATABASE_URL', `sqlite:${join(dataFolder, 'portal.sqlite')}`)),
    requireTwoFactor: from.oneOf('REQUIRE_TWO_FACTOR', ['none', 'staff', 'everyone'] as const, 'none'),
    passkeySignIn: from.oneOf('PASSKEY_SIGN_IN', ['nobody', 'customers', 'everyone'] as const, 'nobody'),
    mailedCodes: from.oneOf('MAILED_CODES', ['off', 'on'] as const, 'off') === 'on',
    trustedNetworks: trustedNetworks(from.text('TRUSTED_NETWORKS', '')),
    passwordHash: passwordCost(from.text('PASSWORD_HASH', ''), production),
    demoPassword: from.demoPassword(),
  } satisfies Record<keyof Config, unknown>);
}

type Provider = Pick<
  Config,
  'securityContact' | 'portalName' | 'supportEmail' | 'supportPhone' | 'smtp' | 'mailFrom'
>;

function provider(from: Environment, place: PublicAddress): Provider {
  const portalName = from.line('PORTAL_NAME') ?? 'Client Area';
  // Authenticator apps read everything before the first ':' as the issuer.
  if (portalName.includes(':')) throw new ConfigError("PORTAL_NAME must not contain ':'.");
  return {
    portalName,
    supportEmail: from.email('SUPPORT_EMAIL'),
    supportPhone: from.line('SUPPORT_PHONE'),
    securityContact: securityContact(from.line('SECURITY_CONTACT')),
    smtp: from.has('SMTP_URL') ? smtpServer(from.text('SMTP_URL', '')) : null,
    mailFrom: mailFrom(from.line('MAIL_FROM'), portalName, place),
  };
}

function mailFrom(given: string | null, portalName: string, { publicUrl }: PublicAddress): Sender {
  return given ? sender(given) : { name: portalName, address: `no-reply@${new URL(publicUrl).hostname}` };
}
