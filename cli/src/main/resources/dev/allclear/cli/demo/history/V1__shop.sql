create table customers (
    id bigint generated always as identity primary key,
    name text not null,
    country text not null,
    created_at timestamptz not null
);
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers,
    status text not null,
    total numeric(10, 2) not null,
    discount numeric(10, 2) not null default 0,
    created_at timestamptz not null
);
create table promotions (id int primary key, title text not null, active boolean not null);

insert into customers (name, country, created_at)
select 'Customer ' || i, (array['DE','FR','NL','PL','ES'])[1 + i % 5], timestamptz '2020-01-01' + i * interval '40 minutes'
from generate_series(1, 50000) as i;

insert into orders (customer_id, status, total, created_at)
select 1 + (i::bigint * 7919) % 50000, (array['paid','paid','paid','open','cancelled'])[1 + i % 5], 5 + i % 400,
       timestamptz '2021-01-01' + i * interval '4 minutes'
from generate_series(1, 500000) as i;

insert into promotions select i, 'Promotion ' || i, i % 3 = 0 from generate_series(1, 200) as i;

create index orders_customer_idx on orders (customer_id);
analyze customers, orders, promotions;
