import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiTokensModule } from './api-tokens/api-tokens.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BillingModule } from './billing/billing.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { EventsModule } from './events/events.module.js';
import { FormPostsModule } from './form-posts/form-posts.module.js';
import { HealthModule } from './health/health.module.js';
import { ImpersonationModule } from './impersonation/impersonation.module.js';
import { MailModule } from './mail/mail.module.js';
import { PagesModule } from './pages/pages.module.js';
import { FreshModule } from './portal/fresh/fresh.module.js';
import { FrameModule, type PortalParts } from './portal/modules/frame.module.js';
import { StaffModule } from './staff/staff.module.js';
import { SupportModule } from './support/support.module.js';
import { WellKnownModule } from './well-known/well-known.module.js';

/** All modules of the portal and all installed portal modules, on a connected database. */
@Module({
  imports: [
    EventsModule,
    AccountsModule,
    ApiTokensModule,
    AuthModule,
    PagesModule,
    FormPostsModule,
    MailModule,
    AuditModule,
    BillingModule,
    SupportModule,
    StaffModule,
    ImpersonationModule,
    DemoModule,
    HealthModule,
    WellKnownModule,
    FreshModule,
  ],
})
export class AppModule {
  static with(parts: PortalParts, dataSource: DataSource): DynamicModule {
    const modules = parts.modules.map((each) => each.nest);
    return {
      module: AppModule,
      imports: [FrameModule.with(parts), DatabaseModule.with(dataSource), ...modules],
    };
  }
}
