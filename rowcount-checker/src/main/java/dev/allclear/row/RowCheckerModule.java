package dev.allclear.row;

import dev.allclear.check.Checker;
import dev.allclear.config.Section;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The row check as hosts see it. Configured by {@code rows} at the root and by {@code databases.NAME.rows}. */
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
        Map<DatabaseName, Limits> limits = new TreeMap<>();
        parts.config()
                .databases()
                .values()
                .forEach(database -> limits.put(
                        database.name(), Limits.read(database.section().section("rows"))));
        return new RowChecker(parts, showAllKeys, limits, RowChecker.STATISTICS_PATIENCE);
    }

    /** What is wrong with the expectations, for whoever can still ask for better ones; the check itself reports it as unproven. */
    public static List<String> mistakes(List<Map<String, Object>> expectations) {
        return Expectations.parse(expectations).unreadable().stream()
                .map(unreadable -> unreadable.place() + ": " + unreadable.sentence())
                .toList();
    }
}
