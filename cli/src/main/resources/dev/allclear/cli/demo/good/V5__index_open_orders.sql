create index concurrently orders_open_idx on orders (created_at) where status = 'open';
