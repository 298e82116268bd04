import { useMantineColorScheme } from '@mantine/core';
import {
  IconApi,
  IconBaselineDensityMedium,
  IconBolt,
  IconFileImport,
  IconHome,
  IconKeyboard,
  IconLanguage,
  IconLayoutDashboard,
  IconLink,
  IconMoon,
  IconPencil,
  IconPlus,
  IconReportAnalytics,
  IconSettings,
  IconShieldLock,
  IconStar,
  IconSun,
  IconTable,
} from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { activityEntity } from '../activity/activities';
import { useLabel, useModel, useSession } from '../api/session';
import { useFavourite, useRecentlyViewed } from '../api/shortcuts';
import { useOpenCreate } from '../form/createUrl';
import { useLanguage, useT } from '../i18n';
import { setDensity, useDensity } from '../shell/density';
import { useChooseLanguage } from '../shell/useChooseLanguage';
import { EntityIcon } from '../ui/icons';
import type { Group, Item } from './items';

interface Place extends Item {
  text: string;
}

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;
const RECENT = 8;

function matching(title: string, typed: string, places: readonly Place[]): Group {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return {
    title,
    items: places.filter((place) => words.every((word) => place.text.toLowerCase().includes(word))),
  };
}

/** What can be done with the record that is looked at. */
function useRecordPlaces(): Place[] {
  const t = useT();
  const model = useModel();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [, set, id] = pathname.split('/');
  const entity = model.set(set);
  const fallback = model.entities[0];
  const [kept, toggle] = useFavourite((entity ?? fallback) as NonNullable<typeof fallback>, 'record', id ?? '');
  if (entity === undefined || id === undefined || id === '') {
    return [];
  }
  return [
    {
      key: 'record/edit',
      icon: <IconPencil {...icon} />,
      text: t('action.edit'),
      run: () => navigate(`${pathname}?edit=1`),
    },
    {
      key: 'record/keep',
      icon: <IconStar {...icon} />,
      text: t(kept ? 'favourite.remove' : 'favourite.add'),
      run: () => void toggle().catch(() => undefined),
    },
    {
      key: 'record/link',
      icon: <IconLink {...icon} />,
      text: t('action.copyLink'),
      run: () => void navigator.clipboard?.writeText(window.location.href),
    },
  ];
}

function useActions(onHelp: () => void): Place[] {
  const t = useT();
  const lang = useLanguage();
  const chooseLanguage = useChooseLanguage();
  const density = useDensity();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  return [
    {
      key: 'act/theme',
      icon: dark ? <IconSun {...icon} /> : <IconMoon {...icon} />,
      text: `${t('user.theme')}: ${t(dark ? 'user.theme.light' : 'user.theme.dark')}`,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      key: 'act/density',
      icon: <IconBaselineDensityMedium {...icon} />,
      text: `${t('user.density')}: ${t(density === 'compact' ? 'user.density.comfortable' : 'user.density.compact')}`,
      run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    {
      key: 'act/language',
      icon: <IconLanguage {...icon} />,
      text: lang === 'en' ? '中文' : 'English',
      run: () => void chooseLanguage(lang === 'en' ? 'zh-CN' : 'en'),
    },
    { key: 'act/help', icon: <IconKeyboard {...icon} />, text: t('shell.shortcuts'), run: onHelp },
  ];
}

/** What the palette offers besides what the search finds: the way back, the record's actions, places, settings. */
export function usePlaces(typed: string, onHelp: () => void): Group[] {
  const t = useT();
  const label = useLabel();
  const { me, model } = useSession();
  const navigate = useNavigate();
  const create = useOpenCreate();
  const recent = useRecentlyViewed();
  const onRecord = useRecordPlaces();
  const actions = useActions(onHelp);
  const visited: Place[] = recent.slice(0, RECENT).map((one) => ({
    key: `recent/${one.path}`,
    icon: <EntityIcon name={one.entity.meta.icon} />,
    text: one.name,
    run: () => navigate(one.path),
  }));
  const places: Place[] = [
    { key: 'home', icon: <IconHome {...icon} />, text: t('shell.home'), run: () => navigate('/') },
    ...(activityEntity(model) === undefined
      ? []
      : [{ key: 'day', icon: <IconSun {...icon} />, text: t('day.title'), run: () => navigate('/my-day') }]),
    ...model.entities.map((entity) => ({
      key: `go/${entity.name}`,
      icon: <EntityIcon name={entity.meta.icon} />,
      text: label(entity.meta.pluralLabel, entity.setName),
      run: () => navigate(`/${entity.setName}`),
    })),
    {
      key: 'dashboards',
      icon: <IconLayoutDashboard {...icon} />,
      text: t('dashboard.title'),
      run: () => navigate('/dashboards'),
    },
    {
      key: 'reports',
      icon: <IconReportAnalytics {...icon} />,
      text: t('report.title'),
      run: () => navigate('/reports'),
    },
    { key: 'imports', icon: <IconFileImport {...icon} />, text: t('shell.imports'), run: () => navigate('/imports') },
  ];
  const settings: Place[] = [
    { key: 'settings', icon: <IconSettings {...icon} />, text: t('settings.title'), run: () => navigate('/settings') },
    ...(me.role === 'administrator'
      ? [
          { key: 'design', icon: <IconTable {...icon} />, text: t('design.title'), run: () => navigate('/designer') },
          {
            key: 'access',
            icon: <IconShieldLock {...icon} />,
            text: t('access.title'),
            run: () => navigate('/access'),
          },
          {
            key: 'automations',
            icon: <IconBolt {...icon} />,
            text: t('automation.title'),
            run: () => navigate('/automations'),
          },
        ]
      : []),
    { key: 'docs', icon: <IconApi {...icon} />, text: t('docs.title'), run: () => navigate('/api-docs') },
    ...actions,
  ];
  const creations: Place[] = model.entities.map((entity) => ({
    key: `new/${entity.name}`,
    icon: <IconPlus {...icon} />,
    text: t('action.newNamed', { name: label(entity.meta.label, entity.name) }),
    run: () => create(entity),
  }));
  const nothingTyped = typed.trim() === '';
  return [
    matching(t('palette.onRecord'), typed, onRecord),
    ...(nothingTyped ? [{ title: t('palette.recent'), items: visited }] : []),
    matching(t('palette.goTo'), typed, places),
    matching(t('palette.create'), typed, creations),
    matching(t('palette.settings'), typed, settings),
  ];
}
