import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './HeaderTabs.module.css';

/** On a phone not all have room: the one that is shown is in sight. */
const intoSight = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'center' });

/** What stands beside the title of a page: pages of the same kind, of which one is shown. */
export function HeaderTabs(props: {
  label: string;
  tabs: readonly { to: string; text: string; current: boolean }[];
  children?: ReactNode;
}) {
  return (
    <nav className={classes.tabs} aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.to}
          ref={tab.current ? intoSight : null}
          to={tab.to}
          className={classes.tab}
          aria-current={tab.current ? 'page' : undefined}
        >
          {tab.text}
        </Link>
      ))}
      {props.children}
    </nav>
  );
}
