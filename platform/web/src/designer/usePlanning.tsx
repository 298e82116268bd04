import { type ReactNode, useState } from 'react';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import { PlanDialog } from './PlanDialog';
import { type ChangeWish, makePlan, type Plan } from './plans';

export interface Planning {
  /** Works out what the changes mean and shows it; throws what is refused. */
  plan: (title: string, changes: ChangeWish[]) => Promise<void>;
  /** The same, where no form waits for what is refused. */
  planNow: (title: string, changes: ChangeWish[]) => void;
  show: (plan: Plan) => void;
  dialog: ReactNode;
}

/** Every change of the designer is looked at as a plan before it is applied. */
export function usePlanning(onApplied?: (plan: Plan) => void): Planning {
  const problemText = useProblemText();
  const [plan, setPlan] = useState<Plan>();
  const make = async (title: string, changes: ChangeWish[]) => setPlan(await makePlan(title, changes));
  return {
    plan: make,
    planNow: (title, changes) =>
      void make(title, changes).catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' })),
    show: setPlan,
    dialog: plan !== undefined && (
      <PlanDialog
        plan={plan}
        onClose={(applied) => {
          setPlan(undefined);
          if (applied) {
            onApplied?.(plan);
          }
        }}
      />
    ),
  };
}
