import { Module } from '@nestjs/common';
import { PagesModule } from '../pages/pages.module.js';
import { WellKnownController } from './well-known.controller.js';

/** The addresses of RFC 8615 and the icon for browsers. */
@Module({ imports: [PagesModule], controllers: [WellKnownController] })
export class WellKnownModule {}
