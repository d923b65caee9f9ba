--liquibase formatted sql
--changeset ada:1
create table orders (id bigserial primary key, total numeric not null);
--changeset ada:2
update no_such_table set currency = 1;
