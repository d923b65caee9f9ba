-- The example database of docker-compose.yml, and the role under which Allclear looks at it.
create extension pg_stat_statements;
create table customers (id bigint generated always as identity primary key, name text not null, country text not null);
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    total numeric(10, 2) not null,
    created_at timestamptz not null default now()
);
insert into customers (name, country) select 'Customer ' || i, 'DE' from generate_series(1, 1000) as i;
insert into orders (customer_id, total) select 1 + i % 1000, 5 + i % 400 from generate_series(1, 100000) as i;
create index orders_customer_idx on orders (customer_id);
analyze;

create role allclear login password 'allclear' connection limit 20;
grant pg_monitor to allclear;
grant select on all tables in schema public to allclear;
grant select on all sequences in schema public to allclear;
alter default privileges grant select on tables to allclear;
alter default privileges grant select on sequences to allclear;
