import { Injectable } from '@nestjs/common';
import { listPage, placeText } from '../../database/list-page.js';
import { InstalledModules, type NamedProtection } from '../../portal/modules/modules.js';
import { type ClientFilter, readClientFilter } from './client-filter.js';
import type { ClientRecord } from './client-row.js';
import { Clients } from './clients.service.js';

/** Number of clients per page. */
const pageSize = 50;

/** A protection to filter by, and the chosen value. */
export interface OfferedProtection extends NamedProtection {
  readonly chosen?: 'on' | 'off';
}

/** A page of the list, and its filter. */
export interface ClientListPage {
  readonly filter: Pick<ClientFilter, 'text' | 'role' | 'state'>;
  readonly protections: readonly OfferedProtection[];
  /** Whether a filter is set. */
  readonly narrowed: boolean;
  readonly clients: readonly ClientRecord[];
  /** The position where the following page begins; null when this is the last one. */
  readonly next: string | null;
  /** The URL of the following page. */
  readonly more: string | null;
}

/** The clients' list, page by page. */
@Injectable()
export class ClientList {
  constructor(
    private readonly clients: Clients,
    private readonly modules: InstalledModules,
  ) {}

  /** Any query is allowed: it finds clients or it finds none. */
  async page(query: Readonly<Record<string, unknown>>): Promise<ClientListPage> {
    const protections = this.modules.protections();
    const { text, role, state, ...rest } = readClientFilter(query, protections);
    const filter = { text, ...(role && { role }), ...(state && { state }) };
    const { shown: clients, last } = await listPage(pageSize, (limit) =>
      this.clients.list({ ...filter, ...rest }, limit),
    );
    const next = last ? placeText({ at: last.createdAt, id: last.id }) : null;
    const asked = { ...choices(rest.protections, protections), q: text, role, state };
    return {
      filter,
      clients,
      next,
      protections: protections.map((each) => ({ ...each, ...chosen(each, rest.protections) })),
      narrowed: Object.values(asked).some(Boolean),
      more: next && addressOf({ ...asked, after: next }),
    };
  }
}

type Choices = ClientFilter['protections'];

function chosen({ gate }: NamedProtection, given: Choices): Pick<OfferedProtection, 'chosen'> {
  const choice = given.find((each) => each.gate === gate);
  return choice ? { chosen: choice.on ? 'on' : 'off' } : {};
}

/** The chosen protections, by their names in URLs. */
function choices(
  given: Choices,
  protections: readonly NamedProtection[],
): Record<string, string | undefined> {
  return Object.fromEntries(protections.map((each) => [each.name, chosen(each, given).chosen]));
}

function addressOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) given.set(name, value);
  return `/staff/clients?${given.toString()}`;
}
