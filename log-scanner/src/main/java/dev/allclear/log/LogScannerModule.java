package dev.allclear.log;

import dev.allclear.check.Checker;
import dev.allclear.config.AllclearConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Makes the check {@code logs}. Needs no database: it reads only what {@code databases.NAME.logs} names. */
public final class LogScannerModule implements CheckerModule {
    /** The configured sources of every database, for whoever wants to know whether they can be read. Mistakes are noted, not thrown. */
    public static Map<DatabaseName, List<LogSource>> sources(AllclearConfig config) {
        return LogSettings.read(config, ZoneId.systemDefault(), new LogClassifier().search())
                .sources();
    }

    @Override
    public CheckName name() {
        return CheckName.LOGS;
    }

    @Override
    public Checker create(Parts parts) {
        LogClassifier classifier = new LogClassifier();
        return new LogScanner(
                parts.vertx(),
                LogSettings.read(parts.config(), ZoneId.systemDefault(), classifier.search()),
                classifier);
    }
}
