import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useLabel } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import type { ListState } from '../list/listState';
import { useKeys } from '../shell/keys';
import { activeOptions, stagePlace } from '../ui/stage';
import { StateText } from '../ui/states';
import { BoardHelp } from './BoardHelp';
import classes from './board.module.css';
import { LiftedCard } from './Card';
import { Column } from './Column';
import { columnByColumn } from './keyboard';
import { useBoardSetup, useColumnTotals } from './useBoard';
import { useCardFocus } from './useCardFocus';
import { useMove } from './useMove';

interface Hand {
  record: RecordData;
  over: Value | undefined;
}

const NOTHING = { target: false, delta: 0 };

/** A mouse must travel a little before it drags, so that a click stays a click; a finger must rest first. */
function useHands() {
  return useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 200, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnByColumn,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  );
}

function useAnnouncements(entity: Entity, name: (value: Value) => string, property: string): Announcements {
  const t = useT();
  return useMemo(() => {
    const card = (active: { data: { current?: { record?: RecordData } | undefined } }) => {
      const record = active.data.current?.record;
      const column = name((record?.[property] ?? null) as Value);
      return { name: record === undefined ? '' : recordName(entity, record), column };
    };
    const target = (over: { data: { current?: { value?: Value } | undefined } } | null) =>
      name(over?.data.current?.value ?? null);
    return {
      onDragStart: ({ active }) => t('board.say.lifted', card(active)),
      onDragOver: ({ active, over }) =>
        over === null ? undefined : t('board.say.over', { ...card(active), column: target(over) }),
      onDragEnd: ({ active, over }) =>
        over === null
          ? t('board.say.cancelled', card(active))
          : t('board.say.dropped', { ...card(active), column: target(over) }),
      onDragCancel: ({ active }) => t('board.say.cancelled', card(active)),
    };
  }, [entity, name, property, t]);
}

function useColumnNames(groupBy: FieldMeta) {
  const t = useT();
  const label = useLabel();
  return useCallback(
    (value: Value) => {
      const option = groupBy.options?.find((candidate) => candidate.value === value);
      return option === undefined
        ? t('board.noValue', { name: label(groupBy.label, groupBy.name) })
        : label(option.label, option.value);
    },
    [groupBy, label, t],
  );
}

function GroupedBoard({ entity, state, groupBy }: { entity: Entity; state: ListState; groupBy: FieldMeta }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const sensors = useHands();
  const columnName = useColumnNames(groupBy);
  const setup = useBoardSetup(entity, state, groupBy);
  const totals = useColumnTotals(entity, setup);
  const { moving, move } = useMove(entity, setup, columnName);
  const [hand, setHand] = useState<Hand>();
  const box = useRef<HTMLDivElement>(null);
  const focusCard = useCardFocus(box);
  const announcements = useAnnouncements(entity, columnName, groupBy.property);
  useKeys({
    j: () => focusCard('down'),
    k: () => focusCard('up'),
    ArrowDown: () => hand === undefined && focusCard('down'),
    ArrowUp: () => hand === undefined && focusCard('up'),
    ArrowRight: () => hand === undefined && focusCard('right'),
    ArrowLeft: () => hand === undefined && focusCard('left'),
    Enter: () => {
      const id = document.activeElement?.closest('[data-card]')?.getAttribute('data-card');
      if (hand === undefined && id) {
        navigate(`/${entity.setName}/${id}`);
      }
    },
  });
  const values: Value[] = activeOptions(groupBy).map((option) => option.value);
  const columns = (totals?.get(null)?.count ?? 0) > 0 ? [null, ...values] : values;
  const destinationsFrom = (own: Value) =>
    values
      .filter((value) => value !== own)
      .map((value) => ({ name: columnName(value), move: (record: RecordData) => void move(record, value) }));
  const largest = Math.max(1, ...[...(totals?.values() ?? [])].map((one) => one.sum ?? one.count));
  const from = (hand?.record[groupBy.property] ?? null) as Value;
  const amount = setup.sum === undefined ? 0 : Number(hand?.record[setup.sum.property] ?? 0);
  const preview = (value: Value) => {
    if (hand === undefined || hand.over === undefined || hand.over === from) {
      return NOTHING;
    }
    const delta = value === hand.over ? amount : value === from ? -amount : 0;
    return { target: value === hand.over, delta };
  };
  const drop = ({ active, over }: DragEndEvent) => {
    const record = active.data.current?.record as RecordData | undefined;
    setHand(undefined);
    if (record !== undefined && over !== null) {
      void move(record, (over.data.current?.value ?? null) as Value);
    }
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(args) => {
        const under = pointerWithin(args);
        return under.length > 0 ? under : rectIntersection(args);
      }}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('board.instructions') } }}
      onDragStart={({ active }) => {
        const record = active.data.current?.record as RecordData | undefined;
        setHand(record && { record, over: undefined });
      }}
      onDragOver={({ over }) =>
        setHand((before) => before && { ...before, over: over?.data.current?.value as Value | undefined })
      }
      onDragCancel={() => setHand(undefined)}
      onDragEnd={drop}
    >
      <div ref={box} className={classes.board} role="region" aria-label={label(entity.meta.pluralLabel)}>
        {columns.map((value) => {
          const total = totals?.get(value) ?? (totals && { count: 0, sum: 0 });
          return (
            <Column
              key={String(value)}
              entity={entity}
              setup={setup}
              value={value}
              name={columnName(value)}
              place={stagePlace(groupBy, value)}
              totals={total}
              share={((total?.sum ?? total?.count) || 0) / largest}
              moving={moving}
              destinations={destinationsFrom(value)}
              preview={preview(value)}
            />
          );
        })}
      </div>
      <DragOverlay dropAnimation={null}>
        {hand !== undefined && <LiftedCard entity={entity} record={hand.record} fields={setup.fields} />}
      </DragOverlay>
      <BoardHelp />
    </DndContext>
  );
}

/** The records of a list as cards in the columns of a picklist. */
export default function Board({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const named = state.view.groupBy === undefined ? undefined : entity.field(state.view.groupBy);
  const groupBy = named ?? entity.stageField();
  return groupBy === undefined ? (
    <StateText>{t('board.none')}</StateText>
  ) : (
    <GroupedBoard entity={entity} state={state} groupBy={groupBy} />
  );
}
