import { CloseButton, NativeSelect, SegmentedControl, Select } from '@mantine/core';
import {
  IconChartBar,
  IconHash,
  IconLayoutGrid,
  IconListDetails,
  IconMathFunction,
  IconTable,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Entity } from '../api/model';
import type { ReportChange, ReportDefinition, ReportKind } from '../api/reports';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { Filters } from '../list/filter/FilterBar';
import { readFilter } from '../list/filter/read';
import { type Choice, useChoices } from '../list/filter/useChoices';
import { writeFilter } from '../list/filter/write';
import {
  COUNT,
  groupable,
  groupText,
  KINDS,
  MOST_GROUPS,
  MOST_MEASURES,
  type Part,
  placeText,
  type Reckoning,
  readGroup,
  readMeasure,
  reckoningsFor,
} from './definition';
import classes from './report.module.css';
import { useWords } from './words';

const KIND_ICONS: Record<ReportKind, typeof IconTable> = {
  table: IconTable,
  matrix: IconLayoutGrid,
  chart: IconChartBar,
  number: IconHash,
  list: IconListDetails,
};

type Change = (change: ReportChange) => void;

interface PartProps {
  entity: Entity;
  definition: ReportDefinition;
  choices: readonly Choice[];
  onChange: Change;
}

/** A field to add; those far away stand behind the lookups that lead to them. */
function AddField(props: { label: string; choices: readonly Choice[]; onAdd: (choice: Choice) => void }) {
  const data = useMemo(() => {
    const groups = new Map<string, { value: string; label: string }[]>();
    for (const choice of props.choices) {
      const items = groups.get(choice.group) ?? [];
      items.push({ value: choice.key, label: choice.text });
      groups.set(choice.group, items);
    }
    return [...groups].map(([group, items]) => ({ group, items }));
  }, [props.choices]);
  return (
    <Select
      aria-label={props.label}
      placeholder={props.label}
      searchable
      limit={200}
      data={data}
      value={null}
      onChange={(key) => {
        const choice = props.choices.find((one) => one.key === key);
        if (choice !== undefined) {
          props.onAdd(choice);
        }
      }}
    />
  );
}

interface GroupsProps extends PartProps {
  title: string;
  member: 'rows' | 'columns';
}

function Groups({ entity, definition, choices, title, member, onChange }: GroupsProps) {
  const t = useT();
  const model = useModel();
  const words = useWords();
  const texts = definition[member] ?? [];
  const offered = useMemo(() => choices.filter((choice) => groupable(choice.field)), [choices]);
  const put = (index: number, text: string | undefined) =>
    onChange({
      [member]: texts.flatMap((one, other) => (other !== index ? [one] : text === undefined ? [] : [text])),
      sort: undefined,
    });
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.partTitle}>{title}</h2>
      {texts.map((text, index) => {
        const by = readGroup(model, entity, text);
        const name = by === undefined ? text : words.place(by);
        const dated = by?.field.type === 'date' || by?.field.type === 'datetime';
        const path = text.split(':')[0];
        return (
          <div key={text} className={classes.chosen}>
            <span className={classes.chosenName} title={name}>
              {name}
            </span>
            {dated && (
              <NativeSelect
                size="xs"
                aria-label={t('report.partOf', { name })}
                value={by?.part ?? ''}
                onChange={(event) => put(index, `${path}:${event.currentTarget.value as Part}`)}
                data={(['year', 'month'] as const).map((part) => ({ value: part, label: t(`report.by.${part}`) }))}
              />
            )}
            <CloseButton size="sm" aria-label={t('report.remove', { name })} onClick={() => put(index, undefined)} />
          </div>
        );
      })}
      {texts.length < MOST_GROUPS && (
        <AddField
          label={t('report.addGroup')}
          choices={offered}
          onAdd={({ via, field }) => {
            const text = groupText(via, field);
            if (!texts.includes(text)) {
              onChange({ [member]: [...texts, text] });
            }
          }}
        />
      )}
    </section>
  );
}

function Measures({ entity, definition, choices, onChange }: PartProps) {
  const t = useT();
  const model = useModel();
  const words = useWords();
  const texts = definition.measures ?? [COUNT];
  const set = (measures: readonly string[]) => onChange({ measures, sort: undefined });
  const put = (index: number, text: string | undefined) =>
    set(texts.flatMap((one, other) => (other !== index ? [one] : text === undefined ? [] : [text])));
  const reckonable = useMemo(
    () => choices.filter(({ field }) => groupable(field) || reckoningsFor(field)[0] === 'sum'),
    [choices],
  );
  return (
    <section className={classes.part} aria-label={t('report.measures')}>
      <h2 className={classes.partTitle}>{t('report.measures')}</h2>
      {texts.map((text, index) => {
        const one = readMeasure(model, entity, text);
        const field = one?.place?.field;
        const name = one?.place === undefined ? t('report.count') : words.place(one.place);
        return (
          <div key={text} className={classes.chosen}>
            <span className={classes.chosenName} title={name}>
              {name}
            </span>
            {field !== undefined && reckoningsFor(field).length > 1 && (
              <NativeSelect
                size="xs"
                aria-label={t('report.howOf', { name })}
                value={one?.reckoning}
                onChange={(event) => put(index, `${text.split(':')[0]}:${event.currentTarget.value as Reckoning}`)}
                data={reckoningsFor(field).map((how) => ({ value: how, label: t(`report.how.${how}`) }))}
              />
            )}
            {texts.length > 1 && (
              <CloseButton size="sm" aria-label={t('report.remove', { name })} onClick={() => put(index, undefined)} />
            )}
          </div>
        );
      })}
      {texts.length < MOST_MEASURES && (
        <AddField
          label={t('report.addMeasure')}
          choices={reckonable}
          onAdd={({ via, field }) => {
            const text = `${placeText(via, field)}:${reckoningsFor(field)[0]}`;
            if (!texts.includes(text)) {
              set([...texts, text]);
            }
          }}
        />
      )}
      {!texts.includes(COUNT) && (
        <button type="button" className={classes.addCount} onClick={() => set([...texts, COUNT])}>
          <IconMathFunction size={15} aria-hidden="true" />
          {t('report.addCount')}
        </button>
      )}
    </section>
  );
}

/** What is asked: of which records, in what groups, what is reckoned, and how it is shown. */
export function Builder({ entity, definition, onChange }: Omit<PartProps, 'choices'>) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const choices = useChoices(entity);
  const kind = definition.kind ?? 'table';
  const grouped = kind === 'table' || kind === 'matrix' || kind === 'chart';
  const part = { entity, definition, choices, onChange };
  const items = useMemo(() => readFilter(model, entity, definition.filter ?? ''), [model, entity, definition.filter]);
  return (
    <div className={classes.builder}>
      <section className={classes.part} aria-label={t('report.records')}>
        <Select
          label={t('report.records')}
          searchable
          allowDeselect={false}
          data={model.entities.map((one) => ({ value: one.setName, label: label(one.meta.pluralLabel, one.setName) }))}
          value={entity.setName}
          onChange={(set) =>
            set !== null &&
            set !== entity.setName &&
            onChange({ set, rows: [], columns: [], measures: [COUNT], filter: '', sort: undefined })
          }
        />
      </section>
      <section className={classes.part} aria-label={t('report.form')}>
        <h2 className={classes.partTitle}>{t('report.form')}</h2>
        <SegmentedControl
          fullWidth
          aria-label={t('report.form')}
          value={kind}
          onChange={(next) => onChange({ kind: next as ReportKind, columns: [] })}
          data={KINDS.map((one) => {
            const Drawn = KIND_ICONS[one];
            return {
              value: one,
              label: (
                <span className={classes.kind} title={t(`report.kind.${one}`)}>
                  <Drawn size={16} stroke={1.6} aria-hidden="true" />
                  <span className="rl-visually-hidden">{t(`report.kind.${one}`)}</span>
                </span>
              ),
            };
          })}
        />
        <span className={classes.kindName} aria-hidden="true">
          {t(`report.kind.${kind}`)}
        </span>
      </section>
      {grouped && <Groups {...part} member="rows" title={t(kind === 'matrix' ? 'report.rows' : 'report.groups')} />}
      {kind === 'matrix' && <Groups {...part} member="columns" title={t('report.columns')} />}
      {kind !== 'list' && <Measures {...part} />}
      <section className={classes.part} aria-label={t('filter.title')}>
        <h2 className={classes.partTitle}>{t('filter.title')}</h2>
        <div className={classes.filters}>
          <Filters entity={entity} items={items} setItems={(next) => onChange({ filter: writeFilter(next) })} />
        </div>
      </section>
    </div>
  );
}
