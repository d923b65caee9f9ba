package dev.allclear.latency;

import dev.allclear.check.Checker;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.Map;
import java.util.TreeMap;

/** The latency check as its host sees it; reads {@code databases.NAME.latency}. */
public final class LatencyCheckerModule implements CheckerModule {
    @Override
    public CheckName name() {
        return CheckName.LATENCY;
    }

    @Override
    public Checker create(Parts parts) {
        Map<DatabaseName, LatencySettings> settings = new TreeMap<>();
        for (DatabaseConfig database : parts.config().databases().values()) {
            settings.put(
                    database.name(), LatencySettings.read(database.section().section("latency")));
        }
        RollingBaselines rolling = new RollingBaselines(parts.vertx(), parts.databases(), parts.clock());
        rolling.start(settings);
        return new LatencyChecker(parts.vertx(), parts.databases(), settings, rolling);
    }
}
