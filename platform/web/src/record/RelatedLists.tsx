import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { activityEntity } from '../activity/activities';
import type { Entity, RelatedList } from '../api/model';
import { listPage, recordName } from '../api/records';
import { useLabel, useModel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useOpenCreate } from '../form/createUrl';
import { useT } from '../i18n';
import { alignsEnd } from '../list/columns';
import { orderBy } from '../list/listState';
import { FieldValue } from '../ui/FieldValue';
import { ErrorState } from '../ui/states';
import classes from './record.module.css';

const SHOWN = 5;
const COLUMNS = 4;

/** Of a tie, what it leads to stands first; of any other record, its name. */
function firstOf({ entity, field }: RelatedList): FieldMeta {
  const far = entity.meta.link?.find((end) => end.lookup !== field.name)?.lookup;
  return (entity.meta.link?.some((end) => end.lookup === field.name) && far && entity.field(far)) || entity.nameField;
}

function columnsOf(list: RelatedList): FieldMeta[] {
  const { entity, field } = list;
  const first = firstOf(list);
  const names = entity.view(undefined).columns;
  const fields = names.map((name) => entity.field(name)).filter((column) => column !== undefined);
  return fields.filter((column) => column !== field && column !== first).slice(0, COLUMNS);
}

function Rows({ list, columns, records }: { list: RelatedList; columns: FieldMeta[]; records: RecordData[] }) {
  const label = useLabel();
  const { entity } = list;
  const stage = entity.stageField()?.name;
  const first = firstOf(list);
  return (
    <div className={classes.relatedScroll}>
      <table className={classes.related}>
        <thead>
          <tr>
            {[first, ...columns].map((column) => (
              <th key={column.name} scope="col" data-end={alignsEnd(column)}>
                {label(column.label, column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              <td>
                {first === entity.nameField ? (
                  <Link className={classes.relatedName} to={`/${entity.setName}/${record.id}`} dir="auto">
                    {recordName(entity, record)}
                  </Link>
                ) : (
                  <FieldValue field={first} record={record} />
                )}
              </td>
              {columns.map((column) => (
                <td key={column.name} data-end={alignsEnd(column)}>
                  <FieldValue field={column} record={record} place="cell" stage={column.name === stage} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where the entity alone does not say which list it is, the lookup's name does. */
function useListTitle(list: RelatedList, several: boolean): string {
  const label = useLabel();
  const plural = label(list.entity.meta.pluralLabel, list.entity.setName);
  return several ? `${plural} (${label(list.field.label, list.field.name)})` : plural;
}

function Related({ list, id, several }: { list: RelatedList; id: string; several: boolean }) {
  const t = useT();
  const model = useModel();
  const create = useOpenCreate();
  const { entity, field } = list;
  const title = useListTitle(list, several);
  const columns = columnsOf(list);
  const filter = `${field.property} eq ${id}`;
  const sorts = (entity.view(undefined).sort ?? []).map((sort) => ({ field: sort.field, desc: sort.desc ?? false }));
  const { data, error } = useQuery({
    queryKey: ['records', entity.setName, 'related', field.name, id],
    queryFn: ({ signal }) =>
      listPage(
        model,
        entity,
        { fields: [firstOf(list), ...columns], filter, orderby: orderBy(model, entity, sorts), pageSize: SHOWN },
        undefined,
        signal,
      ),
  });
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.relatedHead}>
        <h2>
          {title} <span className={classes.relatedCount}>{data?.count ?? ''}</span>
        </h2>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => create(entity, { [field.property]: id })}
        >
          {t('record.add')}
        </Button>
      </div>
      {error !== null && <ErrorState error={error} />}
      {data !== undefined && data.records.length === 0 && (
        <p className={classes.relatedNone}>{t('record.relatedEmpty')}</p>
      )}
      {data !== undefined && data.records.length > 0 && <Rows list={list} columns={columns} records={data.records} />}
      {(data?.count ?? 0) > SHOWN && (
        <Link className={classes.relatedAll} to={`/${entity.setName}?filter=${encodeURIComponent(filter)}`}>
          {t('record.relatedAll')}
        </Link>
      )}
    </section>
  );
}

export function RelatedLists({ entity, id }: { entity: Entity; id: string }) {
  const model = useModel();
  const activity = activityEntity(model);
  // Activities stand on the timeline.
  const lists = model.related(entity).filter((list) => list.entity !== activity);
  return lists.map((list) => (
    <Related
      key={`${list.entity.name}.${list.field.name}`}
      list={list}
      id={id}
      several={list.entity === entity || lists.filter((other) => other.entity === list.entity).length > 1}
    />
  ));
}
