import { Module } from '@nestjs/common';
import { EppCodes } from './epp-codes.js';
import { EppCodeTitle } from './epp-code-title.js';
import { EppRelease } from './epp-release.js';
import { HomeController } from './home.controller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { Invoices } from './invoices/invoices.service.js';
import { ServicePage } from './services/service.page.js';
import { ServicesController } from './services/services.controller.js';
import { Services } from './services/services.service.js';

/** The services and invoices of customers. */
@Module({
  controllers: [HomeController, InvoicesController, ServicesController],
  providers: [EppCodes, EppCodeTitle, EppRelease, Invoices, ServicePage, Services],
  exports: [Invoices, Services],
})
export class BillingModule {}
