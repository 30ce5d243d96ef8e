import { join } from 'node:path';
import { brakeHours } from './config/brake-hours.js';
import { type DatabaseTarget, databaseTarget } from './config/database-target.js';
import { Environment } from './config/environment.js';
import { sender, type Sender, smtpServer, type SmtpServer } from './config/mail-settings.js';
import { backupCodeCost } from './config/secrets/backup-code-cost.js';
import { type PasswordCost, passwordCost } from './config/secrets/password-cost.js';
import { Faults, type Readers } from './config/faults.js';
import { logLevelNames, type PortalLogLevel } from './config/log-level.js';
import { productionFaults } from './config/production.js';
import { publicAddress, siteUrl } from './config/public-address.js';
import { type Secrets, secretReaders } from './config/secrets/secrets.js';
import { passkeys } from './config/passkeys.js';
import { securityContact } from './config/security-contact.js';
import { recoveryDesk, type RecoveryDeskConfig } from './config/recovery-desk.js';
import { trustedNetworks } from './config/trusted-networks.js';
import { themeName } from './config/theme-name.js';
import { timeZone } from './config/time-zone.js';
import { ConfigError } from './config/config-error.js';
import { limits } from './limits.js';

/** The accounts that must have a second factor. */
export type Requirement = 'none' | 'staff' | 'everyone';

/** All settings from the environment, read once. Also the injection token. */
export class Config {
  readonly production: boolean;
  /** The least important messages that are logged. */
  readonly logLevel: PortalLogLevel;
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
  /** The IANA name of the provider's time zone: for readers whose own is not known, and for the days of invoices. */
  readonly timeZone: string;
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
  /** How long dangerous actions wait after a change that a thief could have made, in hours; 0: not at all. */
  readonly brakeHours: number;
  /** Networks in CIDR notation from which customers are not asked for the second factor; empty: none. */
  readonly trustedNetworks: readonly string[];
  /** The recovery desk for customers who lost all their factors; false: there is none. */
  readonly recoveryDesk: RecoveryDeskConfig | false;
  /** The mail server; null: mails are stored as files in the data folder. */
  readonly smtp: SmtpServer | null;
  readonly mailFrom: Sender;
  /** Number of proxies in front that may set `X-Forwarded-For` and `X-Forwarded-Proto`. */
  readonly trustProxy: number;
  /** How long an idle connection stays usable, in seconds: at least as long as the proxies in front keep it. */
  readonly keepAliveSeconds: number;
  /** Argon2id cost of new hashes. */
  readonly passwordHash: PasswordCost;
  /** Cost of new hashes of backup codes: scrypt's N (RFC 7914 §2). */
  readonly backupCodeHash: number;
  /** Whether one agent alone resets two-factor only after a factor of the caller was checked. */
  readonly verifyCallers: boolean;
  /** How often one staff member may do one act to clients within a day. */
  readonly staffActsPerDay: number;
  /** Password of the demo accounts; null: a random password. */
  readonly demoPassword: string | null;

  constructor(values: Config) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}

/**
 * Reads the environment.
 * @throws ConfigRefused with one sentence a line for each variable that cannot be used; it names the allowed values.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const from = new Environment(env);
  const faults = new Faults();
  const { production = false } = faults.read(mode(from));
  if (production) faults.add(productionFaults(from));
  const values = faults.read(settings(from, production));
  // A refused start leaves no new secrets behind.
  const folder = faults.areNone ? dataFolder(from) : null;
  const secrets = faults.read(secretReaders(from, production, folder));
  faults.refuse();
  return new Config({ ...values, ...secrets, production } as Config);
}

/** An unknown value is refused: `NODE_ENV=prod` must not start a portal without the checks of production. */
function mode(from: Environment): Readers<Pick<Config, 'production'>> {
  const known = ['production', 'development', 'test'] as const;
  return { production: () => from.oneOf('NODE_ENV', known, 'development') === 'production' };
}

type Settings = Omit<Config, 'production' | keyof Secrets>;

function settings(from: Environment, production: boolean): Readers<Settings> {
  const standardDatabase = `sqlite:${join(dataFolder(from), 'portal.sqlite')}`;
  return {
    ...publicAddress(from, production),
    ...provider(from),
    passkeys: () => passkeys(from, siteUrl(from)),
    logLevel: () => from.oneOf('LOG_LEVEL', logLevelNames, 'warn'),
    theme: () => themeName(from.text('THEME', '')),
    dataFolder: () => dataFolder(from),
    database: () => databaseTarget(from.text('DATABASE_URL', standardDatabase)),
    requireTwoFactor: () => from.oneOf('REQUIRE_TWO_FACTOR', ['none', 'staff', 'everyone'] as const, 'none'),
    passkeySignIn: () =>
      from.oneOf('PASSKEY_SIGN_IN', ['nobody', 'customers', 'everyone'] as const, 'nobody'),
    mailedCodes: () => from.oneOf('MAILED_CODES', ['off', 'on'] as const, 'off') === 'on',
    brakeHours: () => brakeHours(from),
    trustedNetworks: () => trustedNetworks(from.text('TRUSTED_NETWORKS', '')),
    recoveryDesk: () => recoveryDesk(from),
    passwordHash: () => passwordCost(from.text('PASSWORD_HASH', ''), production),
    backupCodeHash: () => backupCodeCost(from.text('BACKUP_CODE_HASH', ''), production),
    verifyCallers: () => from.oneOf('VERIFY_CALLERS', ['off', 'on'] as const, 'off') === 'on',
    staffActsPerDay: () => from.whole('STAFF_ACTS_PER_DAY', limits['staff-acts'].points, 1000, 1),
    demoPassword: () => from.demoPassword(),
  };
}

function dataFolder(from: Environment): string {
  return from.folder('PORTAL_DATA', 'data');
}

type Provider = Pick<
  Config,
  'timeZone' | 'securityContact' | 'portalName' | 'supportEmail' | 'supportPhone' | 'smtp' | 'mailFrom'
>;

function provider(from: Environment): Readers<Provider> {
  return {
    portalName: () => portalName(from),
    supportEmail: () => from.email('SUPPORT_EMAIL'),
    supportPhone: () => from.line('SUPPORT_PHONE'),
    timeZone: () => timeZone(from.text('PORTAL_TIME_ZONE', 'UTC')),
    securityContact: () => securityContact(from.line('SECURITY_CONTACT')),
    smtp: () => (from.has('SMTP_URL') ? smtpServer(from.text('SMTP_URL', '')) : null),
    mailFrom: () => mailFrom(from),
  };
}

function portalName(from: Environment): string {
  const name = from.line('PORTAL_NAME') ?? 'Client Area';
  // Authenticator apps read everything before the first ':' as the issuer.
  if (name.includes(':')) throw new ConfigError("PORTAL_NAME must not contain ':'.");
  return name;
}

function mailFrom(from: Environment): Sender {
  const given = from.line('MAIL_FROM');
  if (given) return sender(given);
  return { name: portalName(from), address: `no-reply@${siteUrl(from).hostname}` };
}
