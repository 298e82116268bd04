import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { quote } from '../api/odata';
import { type Totals, totals } from '../api/records';
import { useFormat, useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { Bar } from '../ui/Bar';
import { formatScalar } from '../ui/FieldValue';
import { activeOptions, stagePlace } from '../ui/stage';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import classes from './home.module.css';

function listPath(entity: Entity, field: FieldMeta, value: string): string {
  return `/${entity.setName}?filter=${encodeURIComponent(`${field.property} eq ${quote(value)}`)}`;
}

interface BarsProps {
  entity: Entity;
  field: FieldMeta;
  sum: FieldMeta | undefined;
  rows: readonly Totals[];
}

function Bars({ entity, field, sum, rows }: BarsProps) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const byValue = new Map(rows.map((row) => [row.group, row]));
  const most = Math.max(1, ...rows.map((row) => row.count));
  const money = (amount: number) => (sum === undefined ? '' : formatScalar(format, sum, amount, false));
  return (
    <ul className={classes.bars}>
      {activeOptions(field).map((option) => {
        const row = byValue.get(option.value);
        const place = stagePlace(field, option.value);
        const count = row?.count ?? 0;
        return (
          <li key={option.value}>
            <Link className={classes.bar} to={listPath(entity, field, option.value)}>
              <span className={classes.barName}>{label(option.label, option.value)}</span>
              <span className={classes.track}>
                <Bar share={count / most} place={place} />
              </span>
              <span className={classes.barCount}>{t('list.records', { count })}</span>
              <span className={classes.barSum}>{money(row?.sum ?? 0)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** An entity's records by stage: how many, and what they add up to. Each line leads to its list. */
export function Pipeline({ entity }: { entity: Entity }) {
  const t = useT();
  const label = useLabel();
  const field = entity.stageField();
  const sum = entity.sumField();
  const { data, error, refetch } = useQuery({
    queryKey: ['records', entity.setName, 'pipeline'],
    queryFn: ({ signal }) => totals(entity, { groupBy: field, sum }, signal),
  });
  if (field === undefined) {
    return null;
  }
  const title = t('home.pipeline', { name: label(entity.meta.pluralLabel), field: label(field.label) });
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.cardTitle}>{title}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <AfterPatience>
          <Bone width={320} />
        </AfterPatience>
      )}
      {data !== undefined && <Bars entity={entity} field={field} sum={sum} rows={data} />}
    </section>
  );
}
