package dev.allclear.row;

import dev.allclear.check.Checker;
import dev.allclear.config.Section;
import dev.allclear.model.CheckName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.List;
import java.util.Map;

/** The row check as hosts see it. Its whole configuration is {@code rows.show-keys} at the root. */
public final class RowCheckerModule implements CheckerModule {
    @Override
    public CheckName name() {
        return CheckName.ROWS;
    }

    @Override
    public Checker create(Parts parts) {
        Section rows = parts.config().root().section("rows");
        boolean showAllKeys = rows.flag("show-keys", false);
        rows.rejectOtherKeys();
        parts.config().databases().values().forEach(database -> database.section()
                .section("rows")
                .rejectOtherKeys());
        return new RowChecker(parts, showAllKeys, RowChecker.STATISTICS_PATIENCE);
    }

    /** What is wrong with the expectations, for whoever can still ask for better ones; the check itself reports it as unproven. */
    public static List<String> mistakes(List<Map<String, Object>> expectations) {
        return Expectations.parse(expectations).unreadable().stream()
                .map(unreadable -> unreadable.place() + ": " + String.join("; ", unreadable.mistakes()))
                .toList();
    }
}
