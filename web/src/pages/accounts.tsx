// Accounts, for the administrator: make one, lock or unlock one, give a link to a new password.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select, Tag, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { answered, call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { FigureTable, type Column } from '../parts/figure_table';
import { Page, Section } from '../parts/page';
import { Asked, Failed } from '../parts/states';

type Account = Schemas['Account'];
type WithLink = Schemas['AccountWithLink'];

const roles: Record<Schemas['Role'], string> = {
  practice_gp: 'practice GP',
  practice_manager: 'practice manager',
  commissioner_finance: 'commissioner’s finance officer',
  commissioner_information: 'commissioner’s information officer',
  commissioner_pbc_lead: 'commissioner’s lead for practice-based commissioning',
  panel_member: 'panel member',
  arbiter: 'arbiter',
  auditor: 'auditor',
  analyst: 'analyst',
  administrator: 'administrator',
};

const ofPractice = (role: Schemas['Role']) =>
  role === 'practice_gp' || role === 'practice_manager';

export default function AccountsPage() {
  const asked = useQuery(questions.accounts());
  return (
    <Page title="Accounts">
      <Section heading="Every account" id="every">
        <Asked of={asked} what="the accounts">
          {(accounts) => (
            <FigureTable
              caption="Every account"
              columns={columns}
              rows={accounts!.items}
              keyOf={(row) => row.name}
              sortedBy={{ id: 'name', desc: false }}
            />
          )}
        </Asked>
      </Section>
      <Section heading="Make an account" id="make">
        <Make />
      </Section>
    </Page>
  );
}

const columns: Column<Account>[] = [
  {
    id: 'name',
    heading: 'Name',
    by: (row) => row.name,
    cell: (row) => (
      <>
        {row.full_name} <span className="purse-quiet">{row.name}</span>
      </>
    ),
  },
  { id: 'role', heading: 'Role', by: (row) => row.role_in_words, cell: (row) => row.role_in_words },
  {
    id: 'where',
    heading: 'Of',
    by: (row) => row.practice || row.commissioner,
    cell: (row) => row.practice || row.commissioner,
  },
  {
    id: 'state',
    heading: 'State',
    by: (row) => (row.is_locked ? 'locked' : row.has_password ? 'open' : 'no password yet'),
    cell: (row) => (
      <>
        <Tag modifier={row.is_locked ? 'grey' : row.has_password ? 'green' : 'yellow'}>
          {row.is_locked ? 'locked' : row.has_password ? 'open' : 'no password yet'}
        </Tag>{' '}
        {row.has_second_factor ? <span className="purse-quiet">with second factor</span> : null}
      </>
    ),
  },
  { id: 'do', heading: 'Change', screenOnly: true, cell: (row) => <Change account={row} /> },
];

function Change({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const path = { account: account.name };
  const lock = useMutation({
    // The state that is changed is named: who changed it meanwhile is not overruled.
    mutationFn: async () => {
      const { response } = await answered(() =>
        client.GET('/api/v1/accounts/{account}', { params: { path } }),
      );
      return call(() =>
        client.PATCH('/api/v1/accounts/{account}', {
          params: {
            path,
            header: { ...withToken(), 'If-Match': response.headers.get('ETag') ?? '' },
          },
          body: { is_locked: !account.is_locked },
        }),
      );
    },
    onSuccess: () => {
      setSure(false);
      return queries.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const link = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/accounts/{account}/link', {
          params: { path, header: withToken() },
        }),
      ) as Promise<WithLink>,
  });
  const whom = <span className="nhsuk-u-visually-hidden"> {account.full_name}</span>;
  return (
    <div className="purse-row">
      {account.is_locked || sure ? (
        <button type="button" className="purse-why" onClick={() => lock.mutate()}>
          {account.is_locked ? 'Unlock' : 'Lock now: their sessions end'}
          {whom}
        </button>
      ) : (
        <button type="button" className="purse-why" onClick={() => setSure(true)}>
          Lock{whom}
        </button>
      )}
      <button type="button" className="purse-why" onClick={() => link.mutate()}>
        Link to a new password{whom}
      </button>
      {link.data ? <TheLink link={link.data} /> : null}
      {lock.isError ? <Failed fault={lock.error} /> : null}
      {link.isError ? <Failed fault={link.error} /> : null}
    </div>
  );
}

function TheLink({ link }: { link: WithLink }) {
  return (
    <div className="purse-link" role="status">
      <p>
        Give this link to {link.account.full_name}. It works once, and for a day. It is not shown
        again.
      </p>
      <code>{link.link}</code>
    </div>
  );
}

const blank = { name: '', full_name: '', email: '', practice: '' };

function Make() {
  const queries = useQueryClient();
  const [role, setRole] = useState<Schemas['Role']>('practice_gp');
  const [typed, setTyped] = useState(blank);
  const make = useMutation({
    mutationFn: () => {
      const { name, full_name, email, practice } = typed;
      return call(() =>
        client.POST('/api/v1/accounts', {
          params: { header: { ...withToken(), 'Idempotency-Key': newKey() } },
          body: {
            name: name.trim(),
            full_name: full_name.trim(),
            role,
            ...(email.trim() ? { email: email.trim() } : {}),
            ...(ofPractice(role) ? { practice: practice.trim().toUpperCase() } : {}),
          },
        }),
      ) as Promise<WithLink>;
    },
    onSuccess: () => {
      setTyped(blank);
      return queries.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const field = (name: keyof typeof blank, label: string, hint?: string) => (
    <TextInput
      id={`make-${name}`}
      name={name}
      label={label}
      hint={hint}
      autoComplete="off"
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className="purse-narrow">
      <Form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        {field('full_name', 'Full name', 'As the dialogue about budgets shows it')}
        {field('name', 'Name to sign in with', 'Small letters, digits, dots: p.finch')}
        {field('email', 'E-mail address (optional)', 'Links to a new password go there')}
        <Select
          id="make-role"
          name="role"
          label="Role"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Schemas['Role'])}
        >
          {Object.entries(roles).map(([code, name]) => (
            <Select.Option key={code} value={code}>
              {name}
            </Select.Option>
          ))}
        </Select>
        {ofPractice(role) ? field('practice', 'Practice’s code', 'Such as Y00001') : null}
        {make.isError ? <Failed fault={make.error} /> : null}
        <Button type="submit" disabled={make.isPending}>
          Make the account
        </Button>
      </Form>
      {make.data ? <TheLink link={make.data} /> : null}
    </div>
  );
}
