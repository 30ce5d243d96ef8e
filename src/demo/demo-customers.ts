/** A hosting plan. Sizes are megabytes, a missing limit is none. */
interface DemoPlan {
  readonly label: string;
  readonly package: string;
  readonly server: string;
  readonly cents: number;
  readonly status?: 'suspended';
  /** Used, and the limit. */
  readonly disk: readonly [number, number | null];
  readonly traffic: readonly [number, number | null];
  /** Days until it is billed next. */
  readonly due: number;
}

/** A domain, by the year. */
interface DemoDomain {
  readonly label: string;
  readonly cents: number;
  readonly registrarLock: boolean;
  /** Days until it expires; it is billed two weeks before. */
  readonly expires: number;
  readonly hasEppCode?: false;
}

/** An invoice: its lines by what they are for and their cents before tax. The newest is the first. */
interface DemoBill {
  readonly description: string;
  readonly lines: readonly (readonly [string, number])[];
  readonly status: 'paid' | 'unpaid' | 'refunded';
}

/** What somebody has, and has been billed for. */
export interface DemoCustomer {
  readonly plans: readonly DemoPlan[];
  readonly domains: readonly DemoDomain[];
  readonly bills: readonly DemoBill[];
}

const business = ['Business Hosting, moreau-ceramics.example', 2499] as const;
const backups = ['Daily backups, moreau-ceramics.example', 749] as const;
const starter = ['Starter Hosting, lindqvist-cycling.example', 699] as const;
const cloud = ['Cloud server, 4 vCPU, 8 GB', 4190] as const;

const alice: DemoCustomer = {
  plans: [
    {
      ...{ label: 'moreau-ceramics.example', package: 'Business Hosting', server: 'web04.fra.example.net' },
      ...{ cents: 3248, disk: [18_400, 50_000], traffic: [212_000, null], due: 27 },
    },
  ],
  domains: [
    { label: 'moreau-ceramics.example', cents: 1590, registrarLock: true, expires: 212 },
    { label: 'alice-moreau.example', cents: 1590, registrarLock: false, expires: 41 },
  ],
  bills: [
    { description: 'Hosting and backups, monthly', lines: [business, backups], status: 'unpaid' },
    { description: 'Hosting and backups, monthly', lines: [business, backups], status: 'paid' },
    {
      description: 'Domain renewal and privacy, 1 year',
      lines: [
        ['Renewal of moreau-ceramics.example, 1 year', 1590],
        ['WHOIS privacy, 1 year', 300],
      ],
      status: 'paid',
    },
    { description: 'Hosting and backups, monthly', lines: [business, backups], status: 'paid' },
    { description: 'Business Hosting, monthly', lines: [business], status: 'paid' },
    { description: 'Business Hosting, monthly', lines: [business], status: 'paid' },
  ],
};

const bob: DemoCustomer = {
  plans: [
    {
      ...{ label: 'lindqvist-cycling.example', package: 'Starter Hosting', server: 'web11.sto.example.net' },
      ...{ cents: 699, disk: [9_450, 10_000], traffic: [64_300, 100_000], due: 12 },
    },
    {
      ...{
        label: 'maps.lindqvist-cycling.example',
        package: 'Cloud server',
        server: 'vm207.sto.example.net',
      },
      ...{ cents: 4190, status: 'suspended', disk: [61_000, 160_000], traffic: [0, 4_000_000], due: 5 },
    },
  ],
  domains: [
    { label: 'lindqvist-cycling.example', cents: 1290, registrarLock: true, expires: 305 },
    { label: 'cyclists-map.example', cents: 1290, registrarLock: true, expires: 96, hasEppCode: false },
  ],
  bills: [
    { description: 'Starter Hosting, monthly', lines: [starter], status: 'unpaid' },
    { description: 'Cloud server, monthly', lines: [cloud], status: 'unpaid' },
    {
      description: 'Hosting and cloud server, monthly',
      lines: [starter, cloud],
      status: 'paid',
    },
    {
      description: 'Domain renewal, 1 year',
      lines: [['Renewal of lindqvist-cycling.example, 1 year', 1290]],
      status: 'paid',
    },
    { description: 'Moving of a site', lines: [['Moving of a site, 1 hour', 4900]], status: 'refunded' },
  ],
};

/** The customers among the demo accounts, by their addresses. */
export const demoCustomers: ReadonlyMap<string, DemoCustomer> = new Map([
  ['alice@example.com', alice],
  ['bob@example.com', bob],
]);
