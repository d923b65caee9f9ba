alter table customers add column email_domain text;
