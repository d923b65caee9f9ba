package dev.allclear.row;

import dev.allclear.check.Checker;
import dev.allclear.codec.Yaml;
import dev.allclear.codec.YamlLines;
import dev.allclear.config.Section;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.ArrayList;
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

    /**
     * Every mistake in a file of expectations with its line and key, for whoever can still mend it; in an event the check itself
     * reports it as unproven. Throws {@link IllegalArgumentException} when the text is no list of maps at all.
     */
    public static List<String> mistakes(String yaml) {
        YamlLines lines = YamlLines.of(yaml);
        Map<Integer, List<String>> byLine = new TreeMap<>();
        Expectations.parse(Yaml.list(yaml))
                .unreadable()
                .forEach(unreadable -> unreadable.mistakes().forEach(mistake -> {
                    String item = "[" + unreadable.index() + "]";
                    String path = mistake.key().isEmpty() ? item : item + "." + mistake.key();
                    int line = lines.lineOf(path);
                    byLine.computeIfAbsent(line, key -> new ArrayList<>())
                            .add("line " + line + ", expectations" + path + ": " + mistake.what());
                }));
        return byLine.values().stream().flatMap(List::stream).toList();
    }
}
