import { Module } from '@nestjs/common';
import { DomainChanges } from './domains/domain-changes.js';
import {
  LockNotification,
  NameserversNotification,
  UnlockNotification,
} from './domains/domain-notifications.js';
import { DomainsController } from './domains/domains.controller.js';
import { EppCodes } from './epp-codes.js';
import { DomainTitle } from './domain-title.js';
import { EppRelease } from './epp-release.js';
import { HomeController } from './home.controller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { Invoices } from './invoices/invoices.service.js';
import { PaymentGateway, TestGateway } from './payment/payment-gateway.js';
import { PaymentMethodController } from './payment/payment-method.controller.js';
import { PaymentMethods } from './payment/payment-methods.js';
import { PaymentNotification } from './payment/payment-notification.js';
import { ServicePage } from './services/service.page.js';
import { ServicesController } from './services/services.controller.js';
import { Services } from './services/services.service.js';

const notifications = [LockNotification, NameserversNotification, PaymentNotification, UnlockNotification];
const payment = [PaymentMethods, { provide: PaymentGateway, useClass: TestGateway }];

/** The services and invoices of customers, and how they pay. */
@Module({
  controllers: [
    HomeController,
    InvoicesController,
    ServicesController,
    DomainsController,
    PaymentMethodController,
  ],
  providers: [
    ...[DomainChanges, EppCodes, DomainTitle, EppRelease, Invoices, ServicePage, Services],
    ...notifications,
    ...payment,
  ],
  exports: [Invoices, Services],
})
export class BillingModule {}
