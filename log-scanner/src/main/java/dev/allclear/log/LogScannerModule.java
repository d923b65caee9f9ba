package dev.allclear.log;

import dev.allclear.check.Checker;
import dev.allclear.model.CheckName;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import java.time.ZoneId;

/** Makes the check {@code logs}. Needs no database: it reads only what {@code databases.NAME.logs} names. */
public final class LogScannerModule implements CheckerModule {
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
