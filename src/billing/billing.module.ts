import { Module } from '@nestjs/common';
import { BillingController } from './billing.controller.js';
import { Invoices } from './invoices.service.js';

/** What customers have been billed for. */
@Module({ controllers: [BillingController], providers: [Invoices], exports: [Invoices] })
export class BillingModule {}
