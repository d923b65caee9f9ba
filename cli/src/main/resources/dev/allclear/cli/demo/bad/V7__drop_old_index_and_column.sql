drop index orders_customer_idx;
alter table orders drop column discount;
