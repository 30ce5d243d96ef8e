import { Global, Module } from '@nestjs/common';
import { AuditList } from './audit-list.js';
import { AuditListPage } from './audit-list.page.js';
import { AuditController } from './audit.controller.js';
import { Audit } from './audit.service.js';
import { History } from './history.js';

/** The audit log. Global, because every event publisher writes to it. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [Audit, AuditList, AuditListPage, History],
  exports: [Audit, History],
})
export class AuditModule {}
