/** A hosting plan. Sizes are megabytes; a missing limit means unlimited. */
interface DemoPlan {
  readonly label: string;
  readonly package: string;
  readonly server: string;
  readonly cents: number;
  readonly status?: 'suspended';
  /** Usage, and the limit. */
  readonly disk: readonly [number, number | null];
  readonly traffic: readonly [number, number | null];
  /** Days since it began. */
  readonly since: number;
  /** Days until the invoice of its next month is due. A negative number: due so many days ago and unpaid. */
  readonly due: number;
}

/** A domain with yearly billing. */
interface DemoDomain {
  readonly label: string;
  readonly cents: number;
  readonly registrarLock: boolean;
  /** Days until it expires; its renewal is due two weeks before. */
  readonly expires: number;
  /** Years of registration at that time. */
  readonly years: number;
  readonly hasEppCode?: false;
}

/** An invoice: descriptions of its lines with their cents before tax. The newest comes first, and each is due two weeks later. */
interface DemoBill {
  readonly daysAgo: number;
  readonly description: string;
  readonly lines: readonly (readonly [string, number])[];
  readonly status: 'paid' | 'unpaid' | 'refunded';
}

/** The services and invoices of a demo customer. */
export interface DemoCustomer {
  readonly plans: readonly DemoPlan[];
  readonly domains: readonly DemoDomain[];
  readonly bills: readonly DemoBill[];
}

const shop = ['Business Hosting, moreau-ceramics.example', 2499] as const;
const backups = ['Daily backups, moreau-ceramics.example', 749] as const;
const starter = ['Starter Hosting, lindqvist-cycling.example', 699] as const;
const cloud = ['Cloud server, maps.lindqvist-cycling.example', 4190] as const;

const hosting = (daysAgo: number, status: 'paid' | 'unpaid', ...lines: DemoBill['lines']): DemoBill => ({
  daysAgo,
  description: 'Hosting, monthly',
  lines,
  status,
});

/** A ceramist with a shop. She asked for backups before the invoice of 93 days ago, which is the first with backups. */
const alice: DemoCustomer = {
  plans: [
    {
      label: 'moreau-ceramics.example',
      package: 'Business Hosting',
      server: 'web04.fra.example.net',
      cents: 3248,
      disk: [18_400, 50_000],
      traffic: [212_000, null],
      since: 410,
      due: 11,
    },
  ],
  domains: [
    { label: 'moreau-ceramics.example', cents: 1890, registrarLock: true, expires: 322, years: 2 },
    { label: 'alice-moreau.example', cents: 1590, registrarLock: false, expires: 41, years: 1 },
  ],
  bills: [
    hosting(3, 'unpaid', shop, backups),
    hosting(33, 'paid', shop, backups),
    hosting(63, 'paid', shop, backups),
    {
      daysAgo: 71,
      description: 'Domain renewal and privacy, 1 year',
      status: 'paid',
      lines: [
        ['Renewal of moreau-ceramics.example, 1 year', 1590],
        ['WHOIS privacy of moreau-ceramics.example, 1 year', 300],
      ],
    },
    hosting(93, 'paid', shop, backups),
    hosting(123, 'paid', shop),
    hosting(153, 'paid', shop),
  ],
};

/** A cyclist with a shop and a map. The server of the map is suspended, because he overlooked its invoice. */
const bob: DemoCustomer = {
  plans: [
    {
      label: 'lindqvist-cycling.example',
      package: 'Starter Hosting',
      server: 'web11.sto.example.net',
      cents: 699,
      disk: [9_450, 10_000],
      traffic: [64_300, 100_000],
      since: 424,
      due: 11,
    },
    {
      label: 'maps.lindqvist-cycling.example',
      package: 'Cloud server',
      server: 'vm207.sto.example.net',
      cents: 4190,
      status: 'suspended',
      disk: [61_000, 160_000],
      traffic: [38_400, 4_000_000],
      since: 79,
      due: -19,
    },
  ],
  domains: [
    { label: 'lindqvist-cycling.example', cents: 1290, registrarLock: true, expires: 305, years: 2 },
    {
      label: 'cyclists-map.example',
      cents: 1290,
      registrarLock: true,
      expires: 360,
      years: 1,
      hasEppCode: false,
    },
  ],
  bills: [
    hosting(3, 'unpaid', starter),
    {
      daysAgo: 9,
      description: 'Domain registration, 1 year',
      status: 'paid',
      lines: [['Registration of cyclists-map.example, 1 year', 1290]],
    },
    { daysAgo: 33, description: 'Cloud server, monthly', status: 'unpaid', lines: [cloud] },
    hosting(33, 'paid', starter),
    hosting(63, 'paid', starter, cloud),
    {
      daysAgo: 76,
      description: 'Moving of a site',
      status: 'refunded',
      lines: [['Moving of a map to maps.lindqvist-cycling.example, 1 hour', 4900]],
    },
    {
      daysAgo: 88,
      description: 'Domain renewal, 1 year',
      status: 'paid',
      lines: [['Renewal of lindqvist-cycling.example, 1 year', 1290]],
    },
    hosting(93, 'paid', starter, cloud),
  ],
};

/** The demo customers, by e-mail address. */
export const demoCustomers: ReadonlyMap<string, DemoCustomer> = new Map([
  ['alice@example.com', alice],
  ['bob@example.com', bob],
]);
