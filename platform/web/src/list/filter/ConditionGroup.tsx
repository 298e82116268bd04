import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconBrackets, IconPlus, IconX } from '@tabler/icons-react';
import { useT } from '../../i18n';
import { ConditionLine } from './ConditionLine';
import type { FilterItem, Match } from './conditions';
import { type DraftGroup, type DraftItem, isDraftGroup, isDraftRaw, newGroup, newLine } from './draft';
import classes from './filter.module.css';
import type { Choice } from './useChoices';

/** Groups within groups within groups are no longer read by anybody. */
const DEEPEST = 2;

interface GroupProps {
  group: DraftGroup;
  depth: number;
  choices: readonly Choice[];
  /** The line that takes the focus: one that was a chip, or one by its number. */
  focus: FilterItem | number | undefined;
  onReplace: (id: number, next: DraftItem | undefined) => void;
  onFocus: (id: number) => void;
}

function Item({ item, ...props }: GroupProps & { item: DraftItem }) {
  const t = useT();
  const { onReplace } = props;
  if (isDraftGroup(item)) {
    return <ConditionGroup {...props} group={item} depth={props.depth + 1} />;
  }
  if (isDraftRaw(item)) {
    return (
      <div className={classes.line}>
        <code className={classes.rawLine}>{item.raw}</code>
        <ActionIcon
          className={classes.lineRemove ?? ''}
          aria-label={t('filter.remove', { name: t('filter.advanced') })}
          onClick={() => onReplace(item.id, undefined)}
        >
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
    );
  }
  return (
    <ConditionLine
      line={item}
      choices={props.choices}
      autoFocus={props.focus === item.id || (item.source !== undefined && props.focus === item.source)}
      onChange={(condition) => onReplace(item.id, { ...item, condition })}
      onRemove={() => onReplace(item.id, undefined)}
    />
  );
}

/** Conditions of which all or any must hold; those of a group within another stand in a tray of their own. */
export function ConditionGroup(props: GroupProps) {
  const { group, depth, onReplace, onFocus } = props;
  const t = useT();
  const word = (index: number) =>
    index === 0 ? (depth === 0 ? t('filter.where') : '') : t(group.match === 'all' ? 'filter.and' : 'filter.or');
  const add = (item: DraftItem, focus: number) => {
    onReplace(group.id, { ...group, items: [...group.items, item] });
    onFocus(focus);
  };
  const addGroup = () => {
    const line = newLine();
    add(newGroup(group.match === 'all' ? 'any' : 'all', [line]), line.id);
  };
  const addLine = () => {
    const line = newLine();
    add(line, line.id);
  };
  return (
    <div role="group" aria-label={t('filter.match')} className={depth === 0 ? classes.root : classes.tray}>
      {(depth > 0 || group.items.length > 1) && (
        <div className={classes.match}>
          <span>{t('filter.match')}</span>
          <SegmentedControl
            aria-label={t('filter.match')}
            value={group.match}
            onChange={(match) => onReplace(group.id, { ...group, match: match as Match })}
            data={[
              { value: 'all', label: t('filter.all') },
              { value: 'any', label: t('filter.any') },
            ]}
          />
          {depth > 0 && (
            <ActionIcon
              className={classes.lineRemove ?? ''}
              aria-label={t('filter.removeGroup')}
              onClick={() => onReplace(group.id, undefined)}
            >
              <IconX size={16} aria-hidden="true" />
            </ActionIcon>
          )}
        </div>
      )}
      {group.items.map((item, index) => (
        <div key={item.id} className={classes.joined}>
          <span className={classes.word}>{word(index)}</span>
          <Item {...props} item={item} />
        </div>
      ))}
      <div className={classes.adders}>
        <Button variant="subtle" color="gray" leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={addLine}>
          {t('filter.addCondition')}
        </Button>
        {depth < DEEPEST && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconBrackets size={15} aria-hidden="true" />}
            onClick={addGroup}
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}
