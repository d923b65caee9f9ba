-- A column with a constant default is added without rewriting the table.
alter table customers add column region text not null default 'EU';
alter table orders add column channel text not null default 'web';
analyze customers (region);
analyze orders (channel);
