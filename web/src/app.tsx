import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Component, lazy, Suspense, useState, type ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Refused } from './api/client';
import { SignedOut } from './api/session_gate';
import { ExactFigures } from './parts/exact';
import { Layout } from './parts/layout';
import { Page } from './parts/page';
import { Failed, Loading } from './parts/states';
import { SignInPage } from './pages/sign_in';
import { homeOf } from './session/rights';
import { SessionProvider, useSession, useSessions } from './session/session';
import { SignInAgain } from './session/sign_in_again';

const PracticePage = lazy(() => import('./pages/practice'));
const VariancePage = lazy(() => import('./pages/variance'));
const BudgetPage = lazy(() => import('./pages/budget'));
const BudgetsPage = lazy(() => import('./pages/budgets'));
const MeasuresPage = lazy(() => import('./pages/measures'));
const PracticeMeasurePage = lazy(() => import('./pages/practice_measure'));
const PrescribingPage = lazy(() => import('./pages/prescribing'));
const ChallengesPage = lazy(() => import('./pages/challenges'));
const ChallengeQueuePage = lazy(() => import('./pages/challenge_queue'));
const CommissionerPage = lazy(() => import('./pages/commissioner'));
const DataPage = lazy(() => import('./pages/data'));
const RejectsPage = lazy(() => import('./pages/rejects'));
const AuditPage = lazy(() => import('./pages/audit'));
const AccountsPage = lazy(() => import('./pages/accounts'));
const AccountPage = lazy(() => import('./pages/account'));
const NewPasswordPage = lazy(() => import('./pages/new_password'));
const ForgottenPage = lazy(() => import('./pages/forgotten_password'));
const SearchPage = lazy(() => import('./pages/search'));

export function newQueries() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (times, fault) =>
          times < 2 &&
          !(fault instanceof SignedOut) &&
          (!(fault instanceof Refused) || fault.status === 0 || fault.status === 503),
      },
    },
  });
}

export function App() {
  const [queries] = useState(newQueries);
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <ExactFigures>
          <Door />
        </ExactFigures>
      </SessionProvider>
    </QueryClientProvider>
  );
}

function Door() {
  const { state, look } = useSessions();
  switch (state.kind) {
    case 'asking':
      return <Loading what="Purse" />;
    case 'unreachable':
      return (
        <Layout>
          <Page title="Purse cannot be reached">
            <Failed fault={state.why} again={() => void look()} />
          </Page>
        </Layout>
      );
    case 'nobody':
      return (
        <Layout>
          <Suspense fallback={<Loading what="the page" />}>
            <Switch>
              <Route path="/new-password" component={NewPasswordPage} />
              <Route path="/forgotten-password" component={ForgottenPage} />
              <Route>
                <SignInPage signedOut={state.signedOut} />
              </Route>
            </Switch>
          </Suspense>
        </Layout>
      );
    default:
      return (
        <Layout session={state.session}>
          <Pages />
          {state.kind === 'ended' ? <SignInAgain name={state.session.name} /> : null}
        </Layout>
      );
  }
}

function Pages() {
  const session = useSession();
  const [path] = useLocation();
  return (
    <Guard key={path}>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path="/">
            <Redirect to={homeOf(session)} replace />
          </Route>
          <Route path="/practices/:practice">
            {({ practice }) => <PracticePage practice={practice} />}
          </Route>
          <Route path="/practices/:practice/variance">
            {({ practice }) => <VariancePage practice={practice} />}
          </Route>
          <Route path="/practices/:practice/budgets/:year">
            {({ practice, year }) => <BudgetPage practice={practice} year={year} />}
          </Route>
          <Route path="/practices/:practice/measures/:measure">
            {({ practice, measure }) => (
              <PracticeMeasurePage practice={practice} measure={measure} />
            )}
          </Route>
          <Route path="/practices/:practice/prescribing">
            {({ practice }) => <PrescribingPage practice={practice} />}
          </Route>
          <Route path="/measures">{() => <MeasuresPage />}</Route>
          <Route path="/measures/:measure">
            {({ measure }) => <MeasuresPage measure={measure} />}
          </Route>
          <Route path="/practices/:practice/challenges">
            {({ practice }) => <ChallengesPage practice={practice} />}
          </Route>
          <Route path="/challenges" component={ChallengeQueuePage} />
          <Route path="/commissioner" component={CommissionerPage} />
          <Route path="/budgets">{() => <BudgetsPage />}</Route>
          <Route path="/budgets/:year">{({ year }) => <BudgetsPage year={year} />}</Route>
          <Route path="/data" component={DataPage} />
          <Route path="/data/batches/:batch">
            {({ batch }) => <RejectsPage batch={Number(batch)} />}
          </Route>
          <Route path="/audit" component={AuditPage} />
          <Route path="/accounts" component={AccountsPage} />
          <Route path="/account" component={AccountPage} />
          <Route path="/search" component={SearchPage} />
          <Route>
            <Page title="There is no such page">
              <p>
                Check the address. <a href="/">Go to the first page</a>.
              </p>
            </Page>
          </Route>
        </Switch>
      </Suspense>
    </Guard>
  );
}

/** A fault of our own in one page leaves the rest standing. */
class Guard extends Component<{ children: ReactNode }, { fault: unknown }> {
  state = { fault: null };
  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }
  render() {
    if (this.state.fault === null) return this.props.children;
    return (
      <Page title="Something went wrong in this page">
        <Failed fault={this.state.fault} again={() => window.location.reload()} />
      </Page>
    );
  }
}
