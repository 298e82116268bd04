import { Combobox, Modal, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { Kbd } from '../ui/Tag';
import type { Group } from './items';
import classes from './palette.module.css';
import { type Hits, useHits } from './useHits';
import { usePlaces } from './usePlaces';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

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
export default function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const hits = useHits(typed);
  const places = usePlaces(typed, onHelp);
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
