/**
 * A program that is checked against the types generated from a tenant's description, and then run against the tenant.
 * What it says in the end is what its test expects.
 */
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './target/api.js';

type Account = components['schemas']['account'];

const { RELATA_URL: baseUrl = '', RELATA_TOKEN: token = '' } = process.env;
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

async function create(name: string): Promise<Account> {
  const { data, error } = await api.POST('/api/v1/data/accounts', { body: { name, sector: 'technology' } });
  if (data === undefined) {
    throw new Error(error.detail);
  }
  return data;
}

/** Follows the links until there is none. */
async function* allNames(): AsyncGenerator<string | undefined> {
  let token: string | undefined;
  do {
    const { data, error } = await api.GET('/api/v1/data/accounts', {
      params: {
        header: { Prefer: 'odata.maxpagesize=2' },
        query: { $orderby: 'name', $select: 'name', ...(token === undefined ? {} : { $skiptoken: token }) },
      },
    });
    if (data === undefined) {
      throw new Error(error.detail);
    }
    yield* data.value.map((account) => account.name);
    const next = data['@odata.nextLink'];
    token = next === undefined ? undefined : (new URL(next).searchParams.get('$skiptoken') ?? undefined);
  } while (token !== undefined);
}

async function lists(): Promise<void> {
  const names = [];
  for (const name of ['Umbrella', 'Globex', 'Initech', 'Acme', 'Hooli']) {
    await create(name);
  }
  for await (const name of allNames()) {
    names.push(name);
  }
  assert.deepEqual(names, ['Acme', 'Globex', 'Hooli', 'Initech', 'Umbrella']);
}

async function filters(): Promise<void> {
  const { data } = await api.GET('/api/v1/data/accounts', {
    params: { query: { $filter: "startswith(name,'G') and sector eq 'technology'", $count: true } },
  });
  assert.equal(data?.['@odata.count'], 1);
  assert.equal(data.value[0]?.name, 'Globex');
}

async function changes(): Promise<void> {
  const account = await create('Soylent');
  const address = { path: { id: account.id } };
  const changed = await api.PATCH('/api/v1/data/accounts({id})', {
    params: { ...address, header: { 'If-Match': account['@odata.etag'] } },
    body: { city: 'Oslo' },
  });
  assert.equal(changed.data?.city, 'Oslo');

  const late = await api.PATCH('/api/v1/data/accounts({id})', {
    params: { ...address, header: { 'If-Match': account['@odata.etag'] } },
    body: { city: 'Bergen' },
  });
  assert.equal(late.error?.status, 412);
  assert.equal('current' in late.error && late.error.current.city, 'Oslo');

  assert.equal((await api.DELETE('/api/v1/data/accounts({id})', { params: address })).response.status, 204);
  const restored = await api.POST('/api/v1/data/accounts({id})/Relata.restore', { params: address });
  assert.equal(restored.data?.name, 'Soylent');
}

async function learnsWhatIsWrong(): Promise<void> {
  const { error } = await api.POST('/api/v1/data/accounts', { body: { name: '', employees: -1, email: 'nobody' } as never });
  assert.ok(error?.violations?.some((violation) => violation.field === 'name' && violation.message !== ''));
}

/** None of these would compile without the tenant's own types. */
async function isChecked(): Promise<void> {
  await api.POST('/api/v1/data/c_site_visits', { body: { c_subject: 'First visit', c_outcome: 'good' } });
  // @ts-expect-error: there is no such option
  const wrongOption: components['schemas']['c_site_visit.update'] = { c_outcome: 'excellent' };
  // @ts-expect-error: there is no such field
  const wrongField: components['schemas']['account.update'] = { nosuchfield: 1 };
  // @ts-expect-error: a new record needs its name
  const unnamed: components['schemas']['account.create'] = { city: 'Oslo' };
  assert.ok(wrongOption && wrongField && unnamed);
  const { data } = await api.GET('/api/v1/data/c_site_visits');
  assert.equal(data?.value[0]?.c_outcome, 'good');
}

await lists();
await filters();
await changes();
await learnsWhatIsWrong();
await isChecked();
console.log('typed client: done');
