import { Combobox, Modal, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconApi, IconFileImport, IconHome, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { searchExpression } from '../api/odata';
import { listPage, recordName } from '../api/records';
import { useLabel, useModel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useOpenCreate } from '../form/createUrl';
import { useT } from '../i18n';
import { FieldValue, isEmpty } from '../ui/FieldValue';
import { EntityIcon } from '../ui/icons';
import { Kbd } from '../ui/Tag';
import classes from './palette.module.css';

interface Item {
  key: string;
  icon: ReactNode;
  text: string;
  extra?: ReactNode;
  run: () => void;
}

interface Group {
  title: string;
  items: Item[];
}

const TYPING_MS = 180;
const PER_ENTITY = 4;
const ENTITIES_SEARCHED = 8;
const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

function matches(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

/** What to say beside a name: where it belongs, or how much it is. */
function hintField(entity: Entity): FieldMeta | undefined {
  const columns = entity.view(undefined).columns.map((name) => entity.field(name));
  return columns.find((field) => field !== undefined && field !== entity.nameField && field.type !== 'boolean');
}

function useRecordItems(typed: string): { items: Item[]; busy: boolean } {
  const model = useModel();
  const label = useLabel();
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const searched = model.entities.slice(0, ENTITIES_SEARCHED);
  const answers = useQueries({
    queries: searched.map((entity) => {
      const hint = hintField(entity);
      const fields = hint === undefined ? [] : [hint];
      return {
        queryKey: ['records', entity.setName, 'palette', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          listPage(model, entity, { fields, search: searchExpression(asked), top: PER_ENTITY }, undefined, signal),
        enabled: asked.length > 0,
      };
    }),
  });
  const item = (entity: Entity, record: RecordData): Item => {
    const hint = hintField(entity);
    return {
      key: `${entity.setName}/${record.id}`,
      icon: <EntityIcon name={entity.meta.icon} />,
      text: recordName(entity, record),
      extra: (
        <>
          <span className={classes.kind}>{label(entity.meta.label, entity.name)}</span>
          {hint !== undefined && !isEmpty(record[hint.property]) && (
            <span className={classes.hint}>
              <FieldValue field={hint} record={record} place="cell" />
            </span>
          )}
        </>
      ),
      run: () => navigate(`/${entity.setName}/${record.id}`),
    };
  };
  const items =
    asked === '' ? [] : searched.flatMap((entity, i) => (answers[i]?.data?.records ?? []).map((r) => item(entity, r)));
  return { items, busy: asked !== typed.trim() || answers.some((answer) => answer.isFetching) };
}

function usePlaces(typed: string): Group[] {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const navigate = useNavigate();
  const create = useOpenCreate();
  const places: Item[] = [
    { key: 'home', icon: <IconHome {...icon} />, text: t('shell.home'), run: () => navigate('/') },
    ...model.entities.map((entity) => ({
      key: `go/${entity.name}`,
      icon: <EntityIcon name={entity.meta.icon} />,
      text: label(entity.meta.pluralLabel, entity.setName),
      run: () => navigate(`/${entity.setName}`),
    })),
    { key: 'imports', icon: <IconFileImport {...icon} />, text: t('shell.imports'), run: () => navigate('/imports') },
    { key: 'docs', icon: <IconApi {...icon} />, text: t('docs.title'), run: () => navigate('/api-docs') },
  ];
  const creations: Item[] = model.entities.map((entity) => ({
    key: `new/${entity.name}`,
    icon: <IconPlus {...icon} />,
    text: t('action.newNamed', { name: label(entity.meta.label, entity.name) }),
    run: () => create(entity),
  }));
  return [
    { title: t('palette.goTo'), items: places.filter((place) => matches(place.text, typed)) },
    { title: t('palette.create'), items: creations.filter((creation) => matches(creation.text, typed)) },
  ];
}

/** One box for records, lists and actions. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const { items, busy } = useRecordItems(typed);
  const places = usePlaces(typed);
  const combobox = useCombobox({ opened: true });
  const groups = [{ title: t('shell.records'), items }, ...places].filter((group) => group.items.length > 0);
  const flat = groups.flatMap((group) => group.items);
  const shown = flat.map((item) => item.key).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is first changes with what is shown
  useEffect(() => {
    combobox.selectFirstOption();
  }, [shown]);
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      withCloseButton={false}
      yOffset="12dvh"
      padding={0}
      aria-label={t('palette.title')}
      classNames={{ body: classes.body ?? '' }}
    >
      <Combobox
        store={combobox}
        withinPortal={false}
        onOptionSubmit={(key) => {
          onClose();
          flat.find((item) => item.key === key)?.run();
        }}
      >
        <div className={classes.box}>
          <IconSearch {...icon} />
          <Combobox.EventsTarget>
            <input
              className={classes.input}
              data-autofocus
              aria-label={t('palette.title')}
              placeholder={t('palette.placeholder')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </Combobox.EventsTarget>
          <Kbd>Esc</Kbd>
        </div>
        <Combobox.Options className={classes.options} aria-label={t('palette.results')}>
          {groups.map((group) => (
            <Combobox.Group key={group.title} label={group.title}>
              {group.items.map((item) => (
                <Combobox.Option key={item.key} value={item.key} className={classes.option}>
                  {item.icon}
                  <span className={classes.text} dir="auto">
                    {item.text}
                  </span>
                  {item.extra}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {flat.length === 0 && !busy && <Combobox.Empty>{t('palette.noMatch', { text: typed })}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
      <div className={classes.foot}>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('palette.move')} <Kbd>↵</Kbd> {t('palette.open')}
      </div>
    </Modal>
  );
}
