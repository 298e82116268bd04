import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { Entity } from '../api/model';
import { ApiProblem } from '../api/problem';
import { useLabel, useModel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { Filters } from '../list/filter/FilterBar';
import { readFilter } from '../list/filter/read';
import { writeFilter } from '../list/filter/write';
import { toasts } from '../shell/toast';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './designer.module.css';
import type { Planning } from './usePlanning';
import { columnFields, groupFields, newView, type SortDraft, type ViewDraft, viewDraft, viewValue } from './viewForm';

const KINDS = ['list', 'board', 'calendar', 'chart'] as const;

/** The list with one of its items moved by so many places. */
function shifted<T>(items: readonly T[], at: number, by: number): T[] {
  const rest = items.filter((_, index) => index !== at);
  const item = items[at];
  return item === undefined ? [...items] : [...rest.slice(0, at + by), item, ...rest.slice(at + by)];
}

interface OrderedProps {
  title: string;
  items: readonly { name: string; text: string; tool?: ReactNode }[];
  choices: readonly FieldMeta[];
  adding: string;
  onMove: (at: number, by: number) => void;
  onRemove: (at: number) => void;
  onAdd: (name: string) => void;
}

/** Fields in an order: columns, or what sorts. */
function Ordered({ title, items, choices, adding, onMove, onRemove, onAdd }: OrderedProps) {
  const t = useT();
  const label = useLabel();
  return (
    <fieldset className={classes.options}>
      <legend>{title}</legend>
      <ol className={classes.ordered}>
        {items.map(({ name, text, tool }, at) => (
          <li key={name}>
            <span className={classes.orderedName}>{text}</span>
            {tool}
            <ActionIcon disabled={at === 0} aria-label={`${text}: ${t('design.up')}`} onClick={() => onMove(at, -1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              disabled={at === items.length - 1}
              aria-label={`${text}: ${t('design.down')}`}
              onClick={() => onMove(at, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t('design.takeField', { name: text })} onClick={() => onRemove(at)}>
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <NativeSelect
        aria-label={adding}
        value=""
        data={[
          { value: '', label: adding },
          ...choices
            .filter((field) => items.every((item) => item.name !== field.name))
            .map((field) => ({ value: field.name, label: label(field.label, field.name) })),
        ]}
        onChange={(event) => event.currentTarget.value !== '' && onAdd(event.currentTarget.value)}
      />
    </fieldset>
  );
}

interface PartProps {
  entity: Entity;
  draft: ViewDraft;
  set: (changes: Partial<ViewDraft>) => void;
}

function Columns({ entity, draft, set }: PartProps) {
  const t = useT();
  const label = useLabel();
  const text = (name: string) => label(entity.field(name)?.label, name);
  return (
    <Ordered
      title={t('design.columns')}
      adding={t('design.addColumn')}
      items={draft.columns.map((name) => ({ name, text: text(name) }))}
      choices={columnFields(entity)}
      onMove={(at, by) => set({ columns: shifted(draft.columns, at, by) })}
      onRemove={(at) => set({ columns: draft.columns.filter((_, index) => index !== at) })}
      onAdd={(name) => set({ columns: [...draft.columns, name] })}
    />
  );
}

function Sorting({ entity, draft, set }: PartProps) {
  const t = useT();
  const label = useLabel();
  const turn = (sort: SortDraft) =>
    set({ sort: draft.sort.map((one) => (one === sort ? { ...one, desc: !one.desc } : one)) });
  return (
    <Ordered
      title={t('design.sort')}
      adding={t('design.addSort')}
      items={draft.sort.map((sort) => {
        const text = label(entity.field(sort.field)?.label, sort.field);
        return {
          name: sort.field,
          text,
          tool: (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => turn(sort)}>
              {t(sort.desc ? 'list.descending' : 'list.ascending')}
            </Button>
          ),
        };
      })}
      choices={columnFields(entity).filter((field) => field.sortable !== false)}
      onMove={(at, by) => set({ sort: shifted(draft.sort, at, by) })}
      onRemove={(at) => set({ sort: draft.sort.filter((_, index) => index !== at) })}
      onAdd={(field) => set({ sort: [...draft.sort, { field, desc: false }] })}
    />
  );
}

function Kind({ entity, draft, set }: PartProps) {
  const t = useT();
  const label = useLabel();
  const named = (fields: readonly FieldMeta[]) => [
    { value: '', label: '–' },
    ...fields.map((field) => ({ value: field.name, label: label(field.label, field.name) })),
  ];
  const sums = entity.fields.filter((field) => ['integer', 'decimal', 'money'].includes(field.type));
  return (
    <div className={classes.two}>
      <NativeSelect
        label={t('design.viewKind')}
        value={draft.kind}
        data={KINDS.filter((kind) => kind === 'list' || groupFields(entity, kind).length > 0).map((kind) => ({
          value: kind,
          label: t(`design.kind.${kind}`),
        }))}
        onChange={(event) => set({ kind: event.currentTarget.value as ViewDraft['kind'], groupBy: '' })}
      />
      {draft.kind !== 'list' && (
        <NativeSelect
          label={t('design.groupBy')}
          required
          value={draft.groupBy}
          data={named(groupFields(entity, draft.kind))}
          onChange={(event) => set({ groupBy: event.currentTarget.value })}
        />
      )}
      {sums.length > 0 && (
        <NativeSelect
          label={t('design.sum')}
          value={draft.sum}
          data={named(sums)}
          onChange={(event) => set({ sum: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

interface EditorProps {
  entity: Entity;
  initial: ViewDraft;
  onCancel: () => void;
  onReview: (draft: ViewDraft) => Promise<void>;
}

/** One view: what it shows of which records, and in which order. */
function ViewEditor({ entity, initial, onCancel, onReview }: EditorProps) {
  const t = useT();
  const model = useModel();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const set = (changes: Partial<ViewDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const items = useMemo(() => readFilter(model, entity, draft.filter), [model, entity, draft.filter]);
  const review = (event: FormEvent) => {
    event.preventDefault();
    void onReview(draft).catch((error: unknown) => {
      const violations = error instanceof ApiProblem ? error.violations.map((one) => one.message) : [];
      setProblems(violations.length > 0 ? violations : [problemText(error)]);
    });
  };
  const part = { entity, draft, set };
  return (
    <form className={classes.form} onSubmit={review}>
      {problems.length > 0 && (
        <ul className={classes.problems} role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <div className={classes.two}>
        <TextInput
          label={t('design.english')}
          value={draft.en}
          onChange={(event) => set({ en: event.currentTarget.value })}
        />
        <TextInput
          label={t('design.chinese')}
          value={draft.zh}
          onChange={(event) => set({ zh: event.currentTarget.value })}
        />
      </div>
      <Kind {...part} />
      <Columns {...part} />
      <Sorting {...part} />
      <fieldset className={classes.options}>
        <legend>{t('filter.title')}</legend>
        <div className={classes.filters}>
          <Filters entity={entity} items={items} setItems={(next) => set({ filter: writeFilter(next) })} />
        </div>
      </fieldset>
      <div className={classes.actions}>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button type="submit" variant="filled">
          {t('design.toReview')}
        </Button>
      </div>
    </form>
  );
}

/** The views that everybody has of the entity's records. */
export function ViewsTab({ entity, planning }: { entity: Entity; planning: Planning }) {
  const t = useT();
  const label = useLabel();
  const problemText = useProblemText();
  const [open, setOpen] = useState<ViewDraft>();
  const base = entity.meta.key ?? entity.name;
  const titled = (name: string) => `${label(entity.meta.label, entity.name)}: ${name}`;
  const views = entity.meta.views;
  const save = async (draft: ViewDraft) => {
    const known = views.some((view) => view.key === draft.key);
    await planning.plan(titled(draft.en || draft.zh || draft.key), [
      { op: known ? 'change' : 'add', component: `${base}/views/${draft.key}`, value: viewValue(draft) },
    ]);
    setOpen(undefined);
  };
  // A plugin's view stays the plugin's: first what the tenant set of it goes, then it is no longer shown.
  const remove = (key: string, name: string) => {
    const component = `${base}/views/${key}`;
    void planning.plan(titled(name), [{ op: 'remove', component }]).catch((error: unknown) => {
      const managed = error instanceof ApiProblem && error.violations.some((one) => one.code === 'component-managed');
      if (managed) {
        planning.planNow(titled(name), [{ op: 'change', component, value: { hidden: true } }]);
      } else {
        toasts.show({ text: problemText(error), tone: 'bad' });
      }
    });
  };
  if (open !== undefined) {
    return <ViewEditor entity={entity} initial={open} onCancel={() => setOpen(undefined)} onReview={save} />;
  }
  return (
    <>
      <ul className={classes.list} aria-label={t('design.views')}>
        {views.map((view) => {
          const name = label(view.label, view.key);
          return (
            <li key={view.key} className={classes.row}>
              <span className={classes.rowName}>
                {name}
                <code>{view.columns.map((column) => label(entity.field(column)?.label, column)).join(', ')}</code>
              </span>
              <Tag>{t(`design.kind.${view.kind ?? 'list'}`)}</Tag>
              <ActionIcon aria-label={t('design.editNamed', { name })} onClick={() => setOpen(viewDraft(view))}>
                <IconPencil size={16} stroke={1.6} />
              </ActionIcon>
              {views.length > 1 && (
                <ActionIcon aria-label={t('design.removeNamed', { name })} onClick={() => remove(view.key, name)}>
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
      <div className={classes.foot}>
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen(newView(entity))}>
          {t('design.newView')}
        </Button>
      </div>
    </>
  );
}
