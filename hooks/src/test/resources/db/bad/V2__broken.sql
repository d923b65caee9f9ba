update no_such_table set currency = 'EUR';
