update customers set email_domain = lower(country) || '.example.com';
analyze customers (email_domain);
