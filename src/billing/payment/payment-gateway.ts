/** A card as a gateway describes it. It never contains the number of the card. */
export interface GatewayCard {
  /** The gateway's own name of the stored card: worthless without the portal's access to the gateway. */
  readonly reference: string;
  /** The brand, for people. */
  readonly brand: string;
  /** The last four digits. */
  readonly last4: string;
  /** The last month in which it is valid, as `YYYY-MM`. */
  readonly expires: string;
}

/** A card that a test gateway offers in place of its own form. */
export interface SampleCard extends GatewayCard {
  readonly token: string;
}

/**
 * The provider's payment gateway. Its form takes the number of the card, and gives the browser a token. So no number ever reaches the portal
 * (PCI DSS 4.0.1, SAQ A).
 */
export abstract class PaymentGateway {
  /** The cards of a gateway for tests; null for a real one. */
  abstract readonly samples: readonly SampleCard[] | null;

  /** Exchanges the token for the stored card; null when the gateway does not know the token. */
  abstract redeem(token: string): Promise<GatewayCard | null>;
}

const samples: readonly SampleCard[] = [
  { token: 'test-visa', reference: 'test-card-1', brand: 'Visa', last4: '4242', expires: '2040-12' },
  {
    token: 'test-mastercard',
    reference: 'test-card-2',
    brand: 'Mastercard',
    last4: '4444',
    expires: '2041-06',
  },
  {
    token: 'test-amex',
    reference: 'test-card-3',
    brand: 'American Express',
    last4: '0005',
    expires: '2042-03',
  },
];

/** A gateway for tests and demonstrations: it knows three cards and charges none. */
export class TestGateway extends PaymentGateway {
  readonly samples = samples;

  redeem(token: string): Promise<GatewayCard | null> {
    const found = samples.find((sample) => sample.token === token);
    if (!found) return Promise.resolve(null);
    const { reference, brand, last4, expires } = found;
    return Promise.resolve({ reference, brand, last4, expires });
  }
}
