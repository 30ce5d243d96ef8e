const HOUR = 3_600_000;

/** How long dangerous actions wait, in hours: 24 to 168, or 0 for not at all. The option is `brakeHours`. */
export class BrakePolicy {
  constructor(readonly hours: number) {}

  /** Whether there is a brake at all. */
  get isOn(): boolean {
    return this.hours > 0;
  }

  /** The end of a brake that starts at `at`; both UTC ms. */
  endOf(at: number): number {
    return at + this.hours * HOUR;
  }
}
