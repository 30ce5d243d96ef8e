import { Global, Module } from '@nestjs/common';
import { AuditList } from './audit-list.js';
import { AuditListPage } from './audit-list.page.js';
import { AuditController } from './audit.controller.js';
import { Audit } from './audit.service.js';

/** The record of what happened. Global: whoever hands over events keeps them here. */
@Global()
@Module({ controllers: [AuditController], providers: [Audit, AuditList, AuditListPage], exports: [Audit] })
export class AuditModule {}
