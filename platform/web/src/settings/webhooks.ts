import { call } from '../api/client';
import type { Model } from '../api/model';

/** Another system that is told of changes. */
export interface Webhook extends WebhookInput {
  id: string;
  owner: string;
  pausedBecause?: 'gone' | 'failing' | 'owner' | null;
  failures: number;
  failingSince?: string | null;
}

export interface WebhookInput {
  name: string;
  url: string;
  events: string[];
  skipOwn: boolean;
  active: boolean;
}

export interface Delivery {
  id: string;
  type: string;
  record: string;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  next?: string | null;
  status?: number | null;
  reason?: string | null;
  millis?: number | null;
  attemptedAt?: string | null;
  createdAt: string;
}

export interface Trial {
  arrived: boolean;
  status?: number | null;
  reason?: string | null;
  millis?: number | null;
}

const WEBHOOKS = '/api/v1/webhooks';

export const HAPPENINGS = ['created', 'updated', 'deleted', 'restored'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What is chosen on the screen: of each entity, what may happen, and single properties. */
export interface Chosen {
  entity: string;
  happenings: readonly Happening[];
  properties: readonly string[];
}

/** The names of events, as they are chosen; what the screen does not know stays as it is. */
export function readEvents(events: readonly string[]): Chosen[] {
  const chosen = new Map<string, { happenings: Set<Happening>; properties: Set<string> }>();
  for (const event of events) {
    const [entity = '', what = '', property] = event.split('.');
    const one = chosen.get(entity) ?? { happenings: new Set(), properties: new Set() };
    chosen.set(entity, one);
    if (what === '*') {
      HAPPENINGS.forEach((happening) => {
        one.happenings.add(happening);
      });
    } else if (property !== undefined) {
      one.properties.add(property);
    } else {
      one.happenings.add(what as Happening);
    }
  }
  return [...chosen].map(([entity, one]) => ({
    entity,
    happenings: HAPPENINGS.filter((happening) => one.happenings.has(happening)),
    properties: [...one.properties],
  }));
}

export function writeEvents(chosen: readonly Chosen[]): string[] {
  return chosen.flatMap(({ entity, happenings, properties }) => [
    ...(happenings.length === HAPPENINGS.length ? [`${entity}.*`] : happenings.map((one) => `${entity}.${one}`)),
    ...properties.map((property) => `${entity}.field_updated.${property}`),
  ]);
}

/** An entity that is not chosen yet. */
export function another(model: Model, chosen: readonly Chosen[]): Chosen | undefined {
  const free = model.entities.find((entity) => chosen.every((one) => one.entity !== entity.name));
  return free === undefined ? undefined : { entity: free.name, happenings: HAPPENINGS, properties: [] };
}

export async function listWebhooks(signal?: AbortSignal): Promise<Webhook[]> {
  return (await call<{ value: Webhook[] }>(WEBHOOKS, { signal })).value;
}

/** Makes a webhook; its secret comes with it, and never again. */
export const create = (input: WebhookInput) =>
  call<Webhook & { secret: string }>(WEBHOOKS, { method: 'POST', body: input });

export const replace = (id: string, input: WebhookInput) =>
  call<Webhook>(`${WEBHOOKS}/${id}`, { method: 'PUT', body: input });

export const remove = (id: string) => call<void>(`${WEBHOOKS}/${id}`, { method: 'DELETE' });

export const renewSecret = (id: string) =>
  call<Webhook & { secret: string }>(`${WEBHOOKS}/${id}/secret`, { method: 'POST' });

export const test = (id: string) => call<Trial>(`${WEBHOOKS}/${id}/test`, { method: 'POST' });

export const listDeliveries = (id: string, state: string, after: string, signal?: AbortSignal) => {
  const query = new URLSearchParams([
    ...(state === '' ? [] : [['state', state]]),
    ...(after === '' ? [] : [['after', after]]),
  ]);
  return call<{ value: Delivery[]; next?: string }>(`${WEBHOOKS}/${id}/deliveries?${query}`, { signal });
};

export const resend = (id: string, delivery?: string) =>
  call<{ sent: number }>(`${WEBHOOKS}/${id}${delivery === undefined ? '' : `/deliveries/${delivery}`}/resend`, {
    method: 'POST',
  });

/** What a webhook says, without what the platform says of it. */
export const inputOf = ({ name, url, events, skipOwn, active }: WebhookInput): WebhookInput => ({
  name,
  url,
  events,
  skipOwn,
  active,
});
