import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { BrakeStatus } from '../../core/brake/brake-status.js';
import { Problem } from '../../core/common/errors.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import { timeText, waitText } from './local-times.js';

/** The running brake as a page shows it: `when` and `left` are texts in the reader's language and time zone. */
export interface ShownBrake extends BrakeStatus {
  /** The time from which dangerous actions are possible, e.g. `Jan 4, 2030, 1:00 AM GMT+1`. */
  readonly when: string;
  /** How long that is from now, e.g. `in 71 hours`. */
  readonly left: string;
}

/** The words about the hijack brake, in the reader's language and time zone. */
@Injectable()
export class BrakeTexts {
  constructor(
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  shown(request: Request, brake: BrakeStatus): ShownBrake {
    return { ...brake, ...this.end(request, brake.until) };
  }

  /** The refusal of a dangerous action with a sentence for this reader; every other problem as it is. */
  localized(request: Request, problem: Problem): Problem {
    const { code, extra } = problem;
    if (code !== 'COOLING_DOWN') return problem;
    const { until } = extra;
    const text =
      typeof until === 'string'
        ? this.translator.text(request, 'brake.wait', this.end(request, Date.parse(until)))
        : this.translator.text(request, 'brake.frozen');
    return new Problem(code, text, extra, { cause: problem });
  }

  private end(request: Request, until: number) {
    const format = this.translator.timeFormat(request);
    return { when: timeText(until, format), left: waitText(until - this.clock.now(), format) };
  }
}
