import { describe, expect, it } from 'vitest';
import { additionsOf, changeOf, draftOf, emptyDraft } from '../src/designer/fieldForm';
import { layoutDraft, moved, sectionsOf, stepped, taken, unplaced } from '../src/designer/layoutForm';
import { rollUpFields, rollUpWays } from '../src/designer/rollUpForm';
import { model, stage } from './fixtures';

const layout = layoutDraft([
  { label: { en: 'One' }, fields: ['a', 'b', 'c'] },
  { label: { en: 'Two' }, fields: ['d'] },
]);
const fields = (draft: typeof layout) => draft.map((section) => section.fields.join(' '));

describe('a layout', () => {
  it('moves a field before what it is dropped on', () => {
    expect(fields(moved(layout, 'a', { section: 0, place: 2 }))).toEqual(['b a c', 'd']);
    expect(fields(moved(layout, 'c', { section: 0, place: 0 }))).toEqual(['c a b', 'd']);
    expect(fields(moved(layout, 'b', { section: 1, place: 1 }))).toEqual(['a c', 'd b']);
    expect(fields(moved(layout, 'new', { section: 1, place: 0 }))).toEqual(['a b c', 'new d']);
  });

  it('steps through a section and over its edge', () => {
    expect(fields(stepped(layout, 'a', 1))).toEqual(['b a c', 'd']);
    expect(fields(stepped(layout, 'c', 1))).toEqual(['a b', 'c d']);
    expect(fields(stepped(layout, 'd', -1))).toEqual(['a b c d', '']);
    expect(fields(stepped(layout, 'a', -1))).toEqual(['a b c', 'd']);
    expect(fields(stepped(layout, 'new', 1))).toEqual(['a b c', 'd new']);
  });

  it('knows what stands nowhere, and keeps no empty section', () => {
    const without = taken(layout, 'd');
    expect(unplaced(without, ['a', 'd', 'e'])).toEqual(['d', 'e']);
    expect(sectionsOf(without)).toEqual([{ label: { en: 'One' }, fields: ['a', 'b', 'c'] }]);
  });
});

describe('a field', () => {
  it('changes only what was changed, and keeps what the form does not show', () => {
    const dependent = {
      ...stage,
      dependsOn: 'sector',
      options: [{ value: 'won', label: { en: 'Won' }, under: ['x'] }],
    };
    const before = draftOf(dependent);
    const change = changeOf('c_x.c_y', true, before, { ...before, en: 'Phase' }, model);
    expect(change.value).toEqual({ label: { ...stage.label, en: 'Phase' } });
    const option = before.options[0];
    const more = option === undefined ? [] : [option, { ...option, key: 1, value: 'lost', when: 'amount > 5' }];
    expect(changeOf('c_x.c_y', true, before, { ...before, options: more }, model).value).toEqual({
      options: [
        { value: 'won', label: { en: 'Won' }, under: ['x'] },
        { value: 'lost', label: { en: 'Won' }, under: ['x'] },
      ],
      optionsWhen: [{ value: 'lost', when: 'amount > 5' }],
    });
  });

  it("leaves a plugin's field what is the plugin's", () => {
    const before = emptyDraft();
    const after = { ...before, searchable: true, requiredWhen: 'amount > 5', style: 'compact' as const };
    expect(changeOf('sales.x.y', false, before, after, model).value).toEqual({ requiredWhen: 'amount > 5' });
  });

  it('that points to several entities comes with the field that says to which', () => {
    const draft = {
      ...emptyDraft(),
      name: 'c_about',
      type: 'lookup' as const,
      en: 'About',
      targets: ['account', 'opportunity'],
    };
    const [kind, lookup] = additionsOf('c_x', draft, model);
    expect(kind?.component).toBe('c_x.c_about_type');
    expect(lookup?.value).toMatchObject({ targets: ['account', 'opportunity'], typeField: 'c_about_type' });
    expect(lookup?.value).not.toHaveProperty('target');
  });

  it('that is reckoned takes the type of what it is reckoned from', () => {
    const draft = emptyDraft();
    const rollUp = { ...draft.rollUp, of: 'opportunity', by: 'account' };
    const [count] = additionsOf('c_x', { ...draft, type: 'rollUp', rollUp }, model);
    expect(count?.value).toMatchObject({
      type: 'integer',
      rollUp: { of: 'opportunity', by: 'account', function: 'count' },
    });
    const summed = { ...rollUp, function: 'sum' as const, field: 'amount' };
    const [sum] = additionsOf('c_x', { ...draft, type: 'rollUp', rollUp: summed }, model);
    expect(sum?.value).toMatchObject({ type: 'money' });
    expect(sum?.value).not.toHaveProperty('indexed');
  });
});

describe('a roll-up', () => {
  it('is offered what points to the entity and what can be added up', () => {
    const account = model.entity('account');
    const opportunity = model.entity('opportunity');
    if (account === undefined || opportunity === undefined) {
      throw new Error('no entities');
    }
    expect(rollUpWays(model, account)).toContainEqual({ of: 'opportunity', by: 'account', through: '', tree: false });
    expect(rollUpFields(opportunity, 'sum').map((field) => field.name)).toContain('amount');
    expect(rollUpFields(opportunity, 'sum').map((field) => field.name)).not.toContain('stage');
  });
});
