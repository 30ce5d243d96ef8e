import { availableParallelism } from 'node:os';
import { Global, Module } from '@nestjs/common';
import { limits } from '../limits.js';
import { Accounts } from './accounts.service.js';
import { Administrators } from './administrators.js';
import { CredentialChanges } from './credential-changes.service.js';
import { EmailAddresses } from './email-addresses.service.js';
import { HashPool } from './passwords/hash-pool.js';
import { Passwords } from './passwords/passwords.js';
import { ProfileController } from './profile/profile.controller.js';
import { Profiles } from './profile/profiles.service.js';
import { Suspensions } from './suspensions.service.js';

const hashLimits = {
  workers: availableParallelism(),
  queue: limits['password-queue'].points,
  waitMs: 10_000,
};

/** Accounts that can sign in. Global, because nearly every module needs an account. */
@Global()
@Module({
  controllers: [ProfileController],
  providers: [
    Accounts,
    Administrators,
    CredentialChanges,
    EmailAddresses,
    Passwords,
    Profiles,
    Suspensions,
    { provide: HashPool, useFactory: () => new HashPool(hashLimits) },
  ],
  exports: [Accounts, Administrators, CredentialChanges, EmailAddresses, Suspensions],
})
export class AccountsModule {}
