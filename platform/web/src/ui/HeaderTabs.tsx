import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './HeaderTabs.module.css';

/** What stands beside the title of a page: pages of the same kind, of which one is shown. */
export function HeaderTabs(props: {
  label: string;
  tabs: readonly { to: string; text: string; current: boolean }[];
  children?: ReactNode;
}) {
  return (
    <nav className={classes.tabs} aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className={classes.tab} aria-current={tab.current ? 'page' : undefined}>
          {tab.text}
        </Link>
      ))}
      {props.children}
    </nav>
  );
}
