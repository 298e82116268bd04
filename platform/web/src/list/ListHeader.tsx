import { Button, SegmentedControl } from '@mantine/core';
import { IconCalendarEvent, IconChartBar, IconLayoutKanban, IconList, IconPlus } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import { useOpenCreate } from '../form/createUrl';
import { useT } from '../i18n';
import { FavouriteButton } from '../ui/FavouriteButton';
import { HeaderTabs } from '../ui/HeaderTabs';
import { Kbd } from '../ui/Tag';
import { usePhone } from '../ui/usePhone';
import classes from './list.module.css';
import type { ListState } from './listState';
import { ViewMenu, viewPath } from './ViewMenu';

function ViewTabs({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  return (
    <HeaderTabs
      label={t('list.views')}
      tabs={[
        ...entity.views.map((view) => ({
          to: viewPath(entity, view.key),
          text: label(view.label, view.key),
          current: view.key === state.view.key,
        })),
        ...(state.saved === undefined
          ? []
          : [{ to: viewPath(entity, state.saved.id), text: state.saved.name, current: true }]),
      ]}
    >
      <ViewMenu entity={entity} state={state} heading={false} />
    </HeaderTabs>
  );
}

function LayoutSwitch({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const option = (icon: typeof IconList, text: string) => {
    const Drawn = icon;
    return (
      <span className={classes.layout} title={text}>
        <Drawn size={15} stroke={1.6} aria-hidden="true" />
        <span className={classes.layoutText}>{text}</span>
      </span>
    );
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('list.layout')}
      value={state.layout}
      onChange={(layout) => state.change({ layout, group: undefined, peek: undefined })}
      data={[
        { value: 'list', label: option(IconList, t('list.grid')) },
        ...(entity.stageField() === undefined
          ? []
          : [{ value: 'board', label: option(IconLayoutKanban, t('list.board')) }]),
        { value: 'calendar', label: option(IconCalendarEvent, t('list.calendar')) },
        { value: 'chart', label: option(IconChartBar, t('list.chart')) },
      ]}
    />
  );
}

export function ListHeader({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const phone = usePhone();
  const create = useOpenCreate();
  return (
    <header className={classes.header}>
      {phone ? (
        <>
          <h1 className="rl-visually-hidden">{label(entity.meta.pluralLabel, entity.setName)}</h1>
          <ViewMenu entity={entity} state={state} heading />
        </>
      ) : (
        <>
          <h1 className={classes.title}>{label(entity.meta.pluralLabel, entity.setName)}</h1>
          <ViewTabs entity={entity} state={state} />
        </>
      )}
      <div className={classes.actions}>
        {!phone && (
          <FavouriteButton
            entity={entity}
            kind="view"
            target={state.view.key}
            name={state.saved?.name ?? label(state.view.label, state.view.key)}
          />
        )}
        <LayoutSwitch entity={entity} state={state} />
        {!phone && (
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            rightSection={<Kbd>C</Kbd>}
            onClick={() => create(entity)}
          >
            {t('action.new')}
          </Button>
        )}
      </div>
    </header>
  );
}
