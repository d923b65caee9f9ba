package dev.allclear.status;

import dev.allclear.check.Checker;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.Map;
import java.util.TreeMap;

/** The status check as its host sees it. */
public final class StatusCheckerModule implements CheckerModule {
    @Override
    public CheckName name() {
        return CheckName.STATUS;
    }

    @Override
    public Checker create(Parts parts) {
        Map<DatabaseName, StatusSettings> settings = new TreeMap<>();
        for (DatabaseConfig database : parts.config().databases().values()) {
            settings.put(database.name(), StatusSettings.read(database.section().section("status")));
        }
        return new StatusChecker(parts.vertx(), parts.databases(), settings);
    }
}
