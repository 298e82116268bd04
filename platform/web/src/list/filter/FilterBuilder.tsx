import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { Entity } from '../../api/model';
import { count } from '../../api/records';
import { useT } from '../../i18n';
import { Kbd } from '../../ui/Tag';
import { ConditionGroup } from './ConditionGroup';
import type { FilterItem } from './conditions';
import { type DraftGroup, type DraftItem, draftOf, finished, newGroup, newLine, replaced } from './draft';
import classes from './filter.module.css';
import { useChoices } from './useChoices';
import { writeFilter } from './write';

const TYPING_MS = 300;

/** How many records the draft would show. */
function Matches({ entity, filter }: { entity: Entity; filter: string }) {
  const t = useT();
  const [asked] = useDebouncedValue(filter, TYPING_MS);
  const { data } = useQuery({
    queryKey: ['records', entity.setName, 'count', asked],
    queryFn: ({ signal }) => count(entity, asked === '' ? undefined : asked, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <span className={classes.matches} role="status">
      {data !== undefined && t('filter.matches', { count: data })}
    </span>
  );
}

/** The chips to begin with; a new line when one was asked for, or when there is nothing yet. */
function startOf(items: readonly FilterItem[], chip: FilterItem | undefined): [DraftGroup, FilterItem | number] {
  const draft = draftOf(items);
  if (chip !== undefined) {
    return [draft, chip];
  }
  const line = newLine();
  return draft.match === 'all'
    ? [{ ...draft, items: [...draft.items, line] }, line.id]
    : [newGroup('all', [draft, line]), line.id];
}

interface BuilderProps {
  entity: Entity;
  items: readonly FilterItem[];
  /** The chip that was opened; none to add a condition. */
  chip: FilterItem | undefined;
  onApply: (items: readonly FilterItem[]) => void;
  onCancel: () => void;
}

/** All conditions at once, in groups of which all or any must hold. */
export default function FilterBuilder({ entity, items, chip, onApply, onCancel }: BuilderProps) {
  const t = useT();
  const choices = useChoices(entity);
  const [[start, first]] = useState(() => startOf(items, chip));
  const [draft, setDraft] = useState(start);
  const [focus, setFocus] = useState<FilterItem | number>(first);
  const replace = (id: number, next: DraftItem | undefined) =>
    setDraft((before) => (before.id === id && next !== undefined ? (next as DraftGroup) : replaced(before, id, next)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onApply(finished(draft));
    } else if (event.key === 'Escape' && (event.target as Element).getAttribute('aria-expanded') !== 'true') {
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <div className={classes.builder} onKeyDownCapture={onKeyDown}>
      <ConditionGroup group={draft} depth={0} choices={choices} focus={focus} onReplace={replace} onFocus={setFocus} />
      <div className={classes.builderFoot}>
        <Matches entity={entity} filter={writeFilter(finished(draft))} />
        <Button onClick={onCancel} rightSection={<Kbd>Esc</Kbd>}>
          {t('action.cancel')}
        </Button>
        <Button variant="filled" rightSection={<Kbd>Ctrl ↵</Kbd>} onClick={() => onApply(finished(draft))}>
          {t('action.apply')}
        </Button>
      </div>
    </div>
  );
}
