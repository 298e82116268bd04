import { AfterPatience, Bone } from '../ui/states';
import classes from './shell.module.css';

const WIDTHS = [120, 90, 140, 110, 96, 128];

/** The shell's outline while the metadata is on its way. */
export function ShellBones() {
  return (
    <AfterPatience>
      <div className={classes.shell}>
        <div className={classes.sidebar}>
          <div className={classes.bones}>
            {WIDTHS.map((width) => (
              <Bone key={width} width={width} />
            ))}
          </div>
        </div>
      </div>
    </AfterPatience>
  );
}
