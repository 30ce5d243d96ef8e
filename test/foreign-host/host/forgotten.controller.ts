import { Controller, Get } from '@nestjs/common';

/** A route without a mark, which the global guard refuses. */
@Controller('forgotten')
export class ForgottenController {
  @Get()
  show(): string {
    return 'Nobody should read this.';
  }
}
