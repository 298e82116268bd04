import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { Entity } from '../api/model';
import { all, searchExpression } from '../api/odata';
import { useFormat, useLabel, useModel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import type { ListState } from '../list/listState';
import { changed } from '../shell/url';
import { Bar as ShareBar } from '../ui/Bar';
import { formatScalar } from '../ui/FieldValue';
import { stagePlace } from '../ui/stage';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { useValueText } from '../ui/useValueText';
import { type Bar, chartable, chartBars, inOrder, MOST_BARS } from './chart';
import classes from './chart.module.css';

function chartField(entity: Entity, state: ListState): FieldMeta | undefined {
  const fields = entity.fields.filter(chartable);
  const named = fields.find((field) => field.name === state.groupName);
  return named ?? entity.stageField() ?? fields.find((field) => field.type === 'picklist') ?? fields[0];
}

interface BarsProps {
  entity: Entity;
  state: ListState;
  field: FieldMeta;
  sum: FieldMeta | undefined;
  measure: 'count' | 'sum';
  bars: readonly Bar[];
}

/** Every bar has its figures beside it and leads to its records. */
function Bars({ entity, state, field, sum, measure, bars }: BarsProps) {
  const t = useT();
  const format = useFormat();
  const valueText = useValueText();
  const name = (bar: Bar) => valueText(field, bar.value, bar.name);
  const [params] = useSearchParams();
  const stage = entity.stageField();
  const size = (bar: Bar) => (measure === 'sum' ? Math.max(0, bar.sum ?? 0) : bar.count);
  const most = Math.max(1, ...bars.map(size));
  return (
    <ul className={classes.bars}>
      {bars.map((bar) => {
        const to = changed(params, {
          layout: 'list',
          group: '',
          measure: undefined,
          filter: all(state.filter, bar.condition),
        });
        const place = field === stage ? stagePlace(field, bar.value) : undefined;
        return (
          <li key={bar.key}>
            <Link className={classes.bar} to={`/${entity.setName}?${to}`}>
              <span className={classes.name} title={name(bar)} dir="auto">
                {name(bar)}
              </span>
              <span className={classes.track}>
                <ShareBar share={size(bar) / most} place={place} />
              </span>
              <span className={classes.figure} data-strong={measure === 'count'}>
                {t('list.records', { count: bar.count })}
              </span>
              {sum !== undefined && (
                <span className={classes.figure} data-strong={measure === 'sum'}>
                  {formatScalar(format, sum, bar.sum ?? 0, false)}
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** How many records have what in common, and what they add up to. */
export default function Chart({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const [params] = useSearchParams();
  const field = chartField(entity, state);
  const sum = entity.sumField();
  const measure = params.get('measure') === 'sum' && sum !== undefined ? 'sum' : 'count';
  const filter = state.filter === '' ? undefined : state.filter;
  const search = searchExpression(state.search);
  const { data, error, refetch } = useQuery({
    queryKey: ['records', entity.setName, 'chart', { field: field?.name, measure, filter, search }],
    queryFn: ({ signal }) =>
      field === undefined ? [] : chartBars(model, entity, { field, sum, measure, filter, search }, signal),
    placeholderData: keepPreviousData,
  });
  if (field === undefined) {
    return <p className={classes.none}>{t('chart.none')}</p>;
  }
  const bars = data === undefined ? undefined : inOrder(field, data);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Select
          aria-label={t('chart.by')}
          searchable
          allowDeselect={false}
          openOnFocus={false}
          data={entity.fields.filter(chartable).map((one) => ({ value: one.name, label: label(one.label, one.name) }))}
          value={field.name}
          onChange={(group) => group !== null && state.change({ group })}
        />
        {sum !== undefined && (
          <SegmentedControl
            aria-label={t('chart.measure')}
            value={measure}
            onChange={(value) => state.change({ measure: value === 'sum' ? 'sum' : undefined })}
            data={[
              { value: 'count', label: t('chart.count') },
              { value: 'sum', label: label(sum.label, sum.name) },
            ]}
          />
        )}
      </div>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {bars === undefined && error === null && (
        <AfterPatience>
          <Bone width={320} />
        </AfterPatience>
      )}
      {bars !== undefined && bars.length === 0 && <p className={classes.none}>{t('list.noMatch.title')}</p>}
      {bars !== undefined && (
        <Bars entity={entity} state={state} field={field} sum={sum} measure={measure} bars={bars} />
      )}
      {bars?.length === MOST_BARS && field.type !== 'date' && (
        <p className={classes.note}>{t('chart.cut', { count: MOST_BARS })}</p>
      )}
    </div>
  );
}
