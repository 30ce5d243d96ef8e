/** One place where the host removes two-factor: its current text, and the text that remains. */
interface Place {
  readonly file: string;
  readonly before: string | RegExp;
  readonly after: string;
}

/** An import of the package. */
const packageImport = /^(?:import (?:type )?\{[^}]*\} from 'nestjs-two-factor(?:\/\w+)?';\n)+/m;
/** The lines that the README asks for, in files with one block of them. */
const quotedBlock = /^ *\/\/ README: begin\n(?:.*\n)*? *\/\/ README: end\n/m;

/** Files for two-factor alone, and hosts other than the described one. */
export const deleted: readonly string[] = [
  'accounts.ts',
  'diary.ts',
  'guarded.app.ts',
  'host-settings.module.ts',
  'host.settings.ts',
  'keys.ts',
  'prefixed.app.ts',
];

/** The steps of the README's “Take it out”, line by line. */
export const places: readonly Place[] = [
  { file: 'open.app.ts', before: packageImport, after: '' },
  { file: 'open.app.ts', before: "import { Accounts } from './accounts.js';\n", after: '' },
  { file: 'open.app.ts', before: "import { keys } from './keys.js';\n", after: '' },
  { file: 'open.app.ts', before: "import { UsersModule } from './users.module.js';\n", after: '' },
  { file: 'open.app.ts', before: quotedBlock, after: '' },

  { file: 'login.controller.ts', before: packageImport, after: '' },
  {
    file: 'login.controller.ts',
    before: "@UseGuards(WithSecondFactor(AuthGuard('local')))",
    after: "@UseGuards(AuthGuard('local'))",
  },
  { file: 'other-logins.controller.ts', before: packageImport, after: '' },
  {
    file: 'other-logins.controller.ts',
    before: "extends WithSecondFactor(AuthGuard('local'))",
    after: "extends AuthGuard('local')",
  },
  { file: 'other-logins.controller.ts', before: 'WithSecondFactor(EnteringGuard)', after: 'EnteringGuard' },

  { file: 'database.ts', before: packageImport, after: '' },
  {
    file: 'database.ts',
    before: `entities: [User, ...twoFactorEntities],
  migrations: [Members1700000000000, ...twoFactorMigrations],`,
    after: `entities: [User],
  migrations: [Members1700000000000],`,
  },

  { file: 'settings.controller.ts', before: packageImport, after: '' },
  { file: 'settings.controller.ts', before: quotedBlock, after: '' },
  { file: 'settings.controller.ts', before: '    private readonly twoFactor: TwoFactor,\n', after: '' },

  { file: 'host.module.ts', before: "import { Diary } from './diary.js';\n", after: '' },
  { file: 'host.module.ts', before: 'Diary, ', after: '' },
];
