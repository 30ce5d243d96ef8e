import { Controller, Get } from '@nestjs/common';

/** Nobody put a mark on it: the global guard refuses it. */
@Controller('forgotten')
export class ForgottenController {
  @Get()
  show(): string {
    return 'Nobody should read this.';
  }
}
