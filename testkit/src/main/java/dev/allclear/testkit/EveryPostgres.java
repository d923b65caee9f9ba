package dev.allclear.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * For tests that bear SQL on the server's catalogs, statistics or plans, which differ from version to version: {@code mvn verify}
 * runs them once more, on another PostgreSQL than the rest. Together they are to take less than a minute.
 */
@Tag("every-postgres")
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EveryPostgres {}
