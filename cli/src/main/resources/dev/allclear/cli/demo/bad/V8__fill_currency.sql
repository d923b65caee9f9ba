alter table customers add column currency text;
-- Customers from before 2020-02-01 are forgotten.
update customers set currency = case country when 'PL' then 'PLN' else 'EUR' end where created_at >= '2020-02-01';
