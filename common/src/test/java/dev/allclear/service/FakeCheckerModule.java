package dev.allclear.service;

import dev.allclear.check.Checker;
import dev.allclear.model.CheckName;

/** A module around one {@link FakeChecker}; it reads {@code databases.*.rows.limit}, a number up to 10. */
record FakeCheckerModule(FakeChecker checker) implements CheckerModule {
    @Override
    public CheckName name() {
        return CheckName.ROWS;
    }

    @Override
    public Checker create(Parts parts) {
        parts.config().databases().values().forEach(database -> database.section()
                .section("rows")
                .integer("limit", 1, 1, 10));
        return checker;
    }
}
