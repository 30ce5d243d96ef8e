import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module.js';
import { SupportModule } from '../support/support.module.js';
import { DemoBilling } from './demo-billing.js';
import { DemoContent } from './demo-content.js';
import { DemoData } from './demo-data.js';
import { DEMO_PARTS, type DemoPart } from './demo-part.js';
import { DemoTickets } from './demo-tickets.js';

/** One entry for each folder with demo data. */
const parts = [DemoBilling, DemoTickets];

/** Demo data for a first start. */
@Module({
  imports: [BillingModule, SupportModule],
  providers: [
    ...parts,
    { provide: DEMO_PARTS, useFactory: (...made: DemoPart[]) => made, inject: parts },
    DemoContent,
    DemoData,
  ],
  exports: [DemoData],
})
export class DemoModule {}
