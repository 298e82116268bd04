import { describe, expect, it } from 'vitest';
import { readEvents, writeEvents } from '../src/settings/webhooks';

describe('events of a webhook', () => {
  it('are chosen by entity', () => {
    expect(readEvents(['account.*', 'contact.created', 'contact.field_updated.email', 'contact.deleted'])).toEqual([
      { entity: 'account', happenings: ['created', 'updated', 'deleted', 'restored'], properties: [] },
      { entity: 'contact', happenings: ['created', 'deleted'], properties: ['email'] },
    ]);
  });

  it('are written as they were read', () => {
    for (const events of [['account.*'], ['contact.created', 'contact.deleted', 'contact.field_updated.email'], []]) {
      expect(writeEvents(readEvents(events))).toEqual(events);
    }
  });

  it('name a single property only where it matters', () => {
    expect(writeEvents([{ entity: 'account', happenings: [], properties: ['phone', 'name'] }])).toEqual([
      'account.field_updated.phone',
      'account.field_updated.name',
    ]);
  });
});
