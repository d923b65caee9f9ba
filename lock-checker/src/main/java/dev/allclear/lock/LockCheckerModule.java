package dev.allclear.lock;

import dev.allclear.check.Checker;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.util.HashMap;
import java.util.Map;

/** The lock check, configured by {@code databases.NAME.locks}. */
public final class LockCheckerModule implements CheckerModule {
    @Override
    public CheckName name() {
        return CheckName.LOCKS;
    }

    @Override
    public Checker create(Parts parts) {
        Map<DatabaseName, LockSettings> settings = new HashMap<>();
        for (DatabaseConfig database : parts.config().databases().values()) {
            settings.put(database.name(), LockSettings.read(database.section().section("locks")));
        }
        return new LockChecker(parts, settings);
    }
}
