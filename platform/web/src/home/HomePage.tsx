import { useSession } from '../api/session';
import { useT } from '../i18n';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { Counts } from './Counts';
import classes from './home.module.css';
import { Pipeline } from './Pipeline';
import { Recent } from './Recent';
import { Visited } from './Visited';

/** Where the work stands: the pipelines, what changed last, and how much there is of everything. */
export default function HomePage() {
  const t = useT();
  const { me, model } = useSession();
  const staged = model.entities.filter((entity) => entity.stageField() !== undefined);
  useDocumentTitle(t('home.title'));
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('home.greeting', { name: me.user.displayName })}</h1>
      {staged.map((entity) => (
        <Pipeline key={entity.name} entity={entity} />
      ))}
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Visited />
          <Recent />
        </div>
        <Counts />
      </div>
    </div>
  );
}
