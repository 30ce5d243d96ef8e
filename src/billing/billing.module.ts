import { Module } from '@nestjs/common';
import { BillingController } from './billing.controller.js';
import { EppCodes } from './epp-codes.js';
import { Invoices } from './invoices.service.js';
import { Services } from './services.service.js';

/** What customers have, and what they have been billed for. */
@Module({
  controllers: [BillingController],
  providers: [EppCodes, Invoices, Services],
  exports: [Invoices, Services],
})
export class BillingModule {}
