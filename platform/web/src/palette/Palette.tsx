import { Combobox, Modal, useCombobox } from '@mantine/core';
import { IconApi, IconFileImport, IconHome, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useLabel, useModel } from '../api/session';
import { useOpenCreate } from '../form/createUrl';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { EntityIcon } from '../ui/icons';
import { Kbd } from '../ui/Tag';
import type { Group, Item } from './items';
import classes from './palette.module.css';
import { type Hits, useHits } from './useHits';

interface Place extends Item {
  text: string;
}

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

function matches(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

function usePlaces(typed: string): Group[] {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const navigate = useNavigate();
  const create = useOpenCreate();
  const places: Place[] = [
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
  const creations: Place[] = model.entities.map((entity) => ({
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

function GroupTitle({ group }: { group: Group }) {
  return (
    <span className={classes.group}>
      {group.title}
      {group.count !== undefined && <span className={classes.count}>{group.count}</span>}
    </span>
  );
}

/** What to know about the hits before one reads them. */
function remark(hits: Hits): MessageKey | undefined {
  if (hits.failed) {
    return 'palette.failed';
  }
  if (hits.partial) {
    return 'palette.partial';
  }
  return hits.misspelt && hits.groups.length > 0 ? 'palette.misspelt' : undefined;
}

/** One box for records, lists and actions. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const hits = useHits(typed);
  const places = usePlaces(typed);
  const said = typed.trim() === '' || hits.busy ? undefined : remark(hits);
  const combobox = useCombobox({ opened: true });
  const groups = [...hits.groups, ...places].filter((group) => group.items.length > 0);
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
        <div role="status" className={classes.status}>
          {said !== undefined && t(said)}
        </div>
        <Combobox.Options className={classes.options} aria-label={t('palette.results')}>
          {groups.map((group) => (
            <Combobox.Group key={group.title} label={<GroupTitle group={group} />}>
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
          {flat.length === 0 && !hits.busy && !hits.failed && (
            <Combobox.Empty>{t('palette.noMatch', { text: typed })}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox>
      <div className={classes.foot}>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('palette.move')} <Kbd>↵</Kbd> {t('palette.open')}
      </div>
    </Modal>
  );
}
