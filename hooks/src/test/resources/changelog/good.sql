--liquibase formatted sql
--changeset ada:1
create table orders (id bigserial primary key, total numeric not null);
--changeset ada:2
alter table orders add column currency text;
