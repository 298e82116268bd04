import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useFormat } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useT } from '../i18n';
import { FieldValue, formatScalar, isEmpty } from '../ui/FieldValue';
import { GroupHead } from './GroupRow';
import { useLines } from './groups';
import classes from './list.module.css';
import type { ListState } from './listState';
import type { useRows } from './useRows';
import { useScrollMemory } from './useScrollMemory';

const CARD = 92;
const HEAD = 40;
const AHEAD = 12;

interface CardListProps {
  entity: Entity;
  state: ListState;
  rows: ReturnType<typeof useRows>;
  sumField: FieldMeta | undefined;
  sum: number | undefined;
}

/** Which of the columns stand where on a card: an amount at the top right, a state and a date below. */
function places(entity: Entity, columns: readonly FieldMeta[]) {
  const rest = columns.slice(1);
  const amount = rest.find((field) => field.type === 'money') ?? rest.find((field) => field.type === 'integer');
  const state = entity.stageField() ?? rest.find((field) => field.type === 'picklist');
  const date = rest.filter((field) => field.type === 'date' || field.type === 'datetime').at(-1);
  const used = new Set([amount, state, date]);
  const line = rest.filter((field) => !used.has(field)).slice(0, 2);
  return { amount, state, date, line };
}

function Card({ entity, record, columns }: { entity: Entity; record: RecordData; columns: readonly FieldMeta[] }) {
  const { amount, state, date, line } = places(entity, columns);
  const show = (field: FieldMeta | undefined) =>
    field === undefined ? null : (
      <FieldValue field={field} record={record} place="cell" stage={field.name === entity.stageField()?.name} />
    );
  return (
    <Link to={`/${entity.setName}/${record.id}`} className={classes.card}>
      <span className={classes.cardName} dir="auto">
        {recordName(entity, record)}
      </span>
      <span className={classes.cardAmount}>{show(amount)}</span>
      <span className={classes.cardLine}>
        {line
          .filter((field) => !isEmpty(record[field.property]))
          .map((field) => (
            <span key={field.name}>{show(field)}</span>
          ))}
      </span>
      <span className={classes.cardState}>{show(state)}</span>
      <span className={classes.cardDate}>{show(date)}</span>
    </Link>
  );
}

/** The list on a phone. */
export default function CardList({ entity, state, rows, sumField, sum }: CardListProps) {
  const { records, hasNextPage, isFetchingNextPage, fetchNextPage } = rows;
  const t = useT();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useScrollMemory(scroller);
  const lines = useLines(entity, state, records, sumField);
  const virtual = useVirtualizer({
    initialOffset,
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? HEAD : CARD),
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= lines.length - AHEAD) {
      void fetchNextPage();
    }
  }, [lastShown, lines.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <div className={classes.cardTotals}>
        <span data-testid="record-count">{rows.count !== undefined && t('list.records', { count: rows.count })}</span>
        {sumField !== undefined && sum !== undefined && (
          <strong data-testid="record-sum">{formatScalar(format, sumField, sum, false)}</strong>
        )}
      </div>
      <div className={classes.scroller} ref={scroller}>
        <ul className={classes.cards} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index];
            if (line?.kind === 'group' && state.group !== undefined) {
              return (
                <li key={item.key} className={classes.cardHead} style={{ transform: `translateY(${item.start}px)` }}>
                  <GroupHead entity={entity} group={state.group} line={line} sumField={sumField} />
                </li>
              );
            }
            const record = line?.kind === 'row' ? records[line.index] : undefined;
            return record === undefined ? null : (
              <li key={record.id} className={classes.cardItem} style={{ transform: `translateY(${item.start}px)` }}>
                <Card entity={entity} record={record} columns={state.columns} />
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
