import { useDroppable } from '@dnd-kit/core';
import { Button } from '@mantine/core';
import type { Entity } from '../api/model';
import { useFormat } from '../api/session';
import type { RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import { formatScalar } from '../ui/FieldValue';
import { rampStep, type StagePlace } from '../ui/stage';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import classes from './board.module.css';
import { Card, type Destination } from './Card';
import { type BoardSetup, type ColumnTotals, useColumn } from './useBoard';
import type { Moving } from './useMove';

export interface ColumnProps {
  entity: Entity;
  setup: BoardSetup;
  value: Value;
  name: string;
  place: StagePlace;
  totals: ColumnTotals | undefined;
  /** The largest column's share, for the bar under the head. */
  share: number;
  moving: readonly Moving[];
  destinations: Destination[];
  /** What dropping the card in hand here would change. */
  preview: { target: boolean; delta: number };
}

function Head({ setup, name, place, totals, share, preview, count }: ColumnProps & { count: number | undefined }) {
  const t = useT();
  const format = useFormat();
  const money = (amount: number) =>
    setup.sum === undefined ? '' : (formatScalar(format, setup.sum, amount, false) ?? '');
  const shownCount = totals?.count ?? count;
  return (
    <header className={classes.head}>
      <h2 className={classes.columnName}>
        {name}{' '}
        <span className={classes.count} data-testid="column-count">
          {shownCount === undefined ? '' : format.number(shownCount)}
        </span>
      </h2>
      {setup.sum !== undefined && (
        <div className={classes.sum}>
          <span data-testid="column-sum">{totals === undefined ? ' ' : money(totals.sum ?? 0)}</span>
          {preview.delta !== 0 && (
            <span className={classes.delta} data-gain={preview.delta > 0}>
              {preview.delta > 0 ? '+' : '−'}
              {money(Math.abs(preview.delta))}
            </span>
          )}
        </div>
      )}
      <div className={classes.bar} data-kind={place.kind} data-step={rampStep(place)}>
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      {preview.target && <span className="rl-visually-hidden">{t('board.drop')}</span>}
    </header>
  );
}

/** Cards here, after what is on its way out and in. */
function settled(records: readonly RecordData[], value: Value, moving: readonly Moving[]): RecordData[] {
  const underWay = new Set(moving.map((step) => step.record.id));
  const arriving = moving.filter((step) => step.to === value).map((step) => step.record);
  return [...arriving, ...records.filter((record) => !underWay.has(record.id))];
}

export function Column(props: ColumnProps) {
  const { entity, setup, value, name, moving, preview } = props;
  const t = useT();
  const column = useColumn(entity, setup, value);
  const { setNodeRef } = useDroppable({ id: String(value), data: { value } });
  const cards = settled(column.records, value, moving);
  const left = (column.count ?? 0) - column.records.length;
  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      aria-label={name}
      data-target={preview.target}
      data-column={String(value)}
    >
      <Head {...props} count={column.count} />
      <div className={classes.cards}>
        {preview.target && <div className={classes.drop}>{t('board.drop')}</div>}
        {column.isError && <ErrorState error={column.error} onRetry={() => void column.refetch()} />}
        {column.isPending && (
          <AfterPatience>
            <Bone width={160} />
          </AfterPatience>
        )}
        <ul className={classes.list}>
          {cards.map((record) => (
            <Card
              key={record.id}
              entity={entity}
              record={record}
              fields={setup.fields}
              column={name}
              destinations={props.destinations}
              busy={moving.some((step) => step.record.id === record.id)}
            />
          ))}
        </ul>
        {column.isSuccess && cards.length === 0 && !preview.target && (
          <p className={classes.none}>{t('board.emptyColumn')}</p>
        )}
        {column.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            fullWidth
            loading={column.isFetchingNextPage}
            onClick={() => void column.fetchNextPage()}
          >
            {t('board.more', { count: left })}
          </Button>
        )}
      </div>
    </section>
  );
}
