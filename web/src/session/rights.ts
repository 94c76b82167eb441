// Which pages and buttons a person is shown. The server decides; this only spares people a refusal.
import type { Session } from './session';

/** The actions of the permission matrix that the pages ask about. */
export type Right =
  | 'read_statement'
  | 'read_summary'
  | 'read_patient_rows'
  | 'compare_practices'
  | 'rebase_chart'
  | 'read_budget'
  | 'read_drafts'
  | 'read_loads'
  | 'show_budget_data'
  | 'offer_budget'
  | 'read_challenges'
  | 'query_record'
  | 'answer_query'
  | 'load_records'
  | 'close_month'
  | 'manage_accounts'
  | 'search_audit';

export const may = (session: Session, right: Right) => session.may.includes(right);

/** Where a person begins. */
export function homeOf(session: Session): string {
  if (session.organisation.kind === 'practice') return `/practices/${session.organisation.code}`;
  if (may(session, 'read_summary')) return '/commissioner';
  if (may(session, 'read_budget')) return '/budgets';
  if (may(session, 'manage_accounts')) return '/accounts';
  return '/search';
}
