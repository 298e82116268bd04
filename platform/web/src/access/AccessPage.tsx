import { useParams } from 'react-router';
import { useSession } from '../api/session';
import { useT } from '../i18n';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import classes from './access.module.css';
import { PeopleTab } from './PeopleTab';
import { RolesTab } from './RolesTab';
import { SharingTab } from './SharingTab';
import { TeamsTab } from './TeamsTab';
import { UnitsTab } from './UnitsTab';

const TABS = { roles: RolesTab, people: PeopleTab, teams: TeamsTab, units: UnitsTab, sharing: SharingTab };
type Tab = keyof typeof TABS;

/** Who may do what: roles, whom they are given to, and where everybody belongs. */
export default function AccessPage() {
  const t = useT();
  const { me } = useSession();
  const { tab = 'roles' } = useParams();
  useDocumentTitle(t('access.title'));
  if (me.role !== 'administrator' || !(tab in TABS)) {
    return <UnknownPage />;
  }
  const Shown = TABS[tab as Tab];
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('access.title')}</h1>
        <HeaderTabs
          label={t('access.title')}
          tabs={(Object.keys(TABS) as Tab[]).map((one) => ({
            to: `/access/${one}`,
            text: t(`access.tab.${one}`),
            current: one === tab,
          }))}
        />
      </header>
      <Shown />
    </div>
  );
}
