import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { type SearchGroup, type SearchHit, searchAll } from '../api/search';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { EntityIcon } from '../ui/icons';
import { Marked } from '../ui/Marked';
import type { Group, Item } from './items';
import classes from './palette.module.css';

const TYPING_MS = 180;
const PER_ENTITY = 5;
const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

export interface Hits {
  groups: Group[];
  busy: boolean;
  failed: boolean;
  misspelt: boolean;
  /** Whether the index is still being made. */
  partial: boolean;
}

/** The records that what is typed finds, a group for each entity. */
export function useHits(typed: string): Hits {
  const t = useT();
  const model = useModel();
  const label = useLabel();
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { data, isFetching, isError } = useQuery({
    queryKey: ['records', 'search', asked],
    queryFn: ({ signal }) => searchAll(asked, PER_ENTITY, signal),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });

  const item = (entity: Entity, hit: SearchHit): Item => {
    const field = hit.snippet === undefined ? undefined : entity.field(hit.snippet.field);
    return {
      key: `${entity.setName}/${hit.id}`,
      icon: <EntityIcon name={entity.meta.icon} />,
      text: <Marked text={hit.name} marks={hit.marks} />,
      extra: hit.snippet !== undefined && field !== undefined && (
        <span className={classes.snippet} dir="auto">
          <span className={classes.field}>{label(field.label, field.name)}</span>{' '}
          <Marked text={hit.snippet.text} marks={hit.snippet.marks} />
        </span>
      ),
      run: () => navigate(`/${entity.setName}/${hit.id}`),
    };
  };

  const group = (found: SearchGroup): Group[] => {
    const entity = model.entities.find((one) => one.setName === found.set);
    if (entity === undefined) {
      return [];
    }
    const name = label(entity.meta.pluralLabel, entity.setName);
    const count = t(found.exact ? 'palette.count' : 'palette.countMore', { count: found.count });
    const all: Item = {
      key: `all/${entity.setName}`,
      icon: <IconArrowRight {...icon} />,
      text: t('palette.all', { name }),
      run: () => navigate(`/${entity.setName}?q=${encodeURIComponent(asked)}`),
    };
    const items = found.hits.map((hit) => item(entity, hit));
    return [{ title: name, count, items: found.next === undefined ? items : [...items, all] }];
  };

  const shown = asked === '' ? undefined : data;
  return {
    groups: (shown?.value ?? []).flatMap(group),
    busy: asked !== typed.trim() || isFetching,
    failed: isError,
    misspelt: shown?.misspelt ?? false,
    partial: shown?.complete === false,
  };
}
