create table orders (id bigserial primary key, total numeric not null);
