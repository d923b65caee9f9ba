package dev.allclear.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The advisory locks by which migration tools keep others out, as their sources compute them. A lock of these that is still held
 * makes the next deploy wait or refuse.
 */
public final class MigrationLockKeys {
    private static final long GOOSE = 4097083626L;
    private static final long GOOSE_OF_OLD = 5887940537704921958L;
    private static final long PRISMA = 72707369L;
    private static final long SQITCH = 75474063L;
    private static final long NODE_PG_MIGRATE = 7241865325823964L;
    /** "Flyway" in ASCII, to which Flyway adds the hash of its history table's name: a signed 32-bit number. */
    private static final long FLYWAY = 0x466C_7977_6179L;

    private static final long RAILS_SALT = 2053462845L;
    private static final long SQLX_SALT = 0x3d32ad9eL;
    private static final long GOLANG_MIGRATE_SALT = 1486364155L;
    private static final String GOLANG_MIGRATE_TABLE = "public\0schema_migrations\0";

    private MigrationLockKeys() {}

    /**
     * The tool that uses this key in this database, as in {@code --tool}.
     *
     * @param key the one-argument key: {@code classid << 32 | objid} of a row in pg_locks whose {@code objsubid} is 1
     * @param database the server's own name for the database: several tools hash it
     */
    public static Optional<String> toolOf(long key, String database) {
        if (key == GOOSE || key == GOOSE_OF_OLD) {
            return Optional.of("goose");
        }
        if (key == PRISMA) {
            return Optional.of("prisma");
        }
        if (key == SQITCH) {
            return Optional.of("sqitch");
        }
        if (key == NODE_PG_MIGRATE) {
            return Optional.of("node-pg-migrate");
        }
        long hash = crc32(database);
        if (key == RAILS_SALT * hash) {
            return Optional.of("rails");
        }
        if (key == SQLX_SALT * hash) {
            return Optional.of("sqlx");
        }
        if (key == golangMigrate(hash) || key == golangMigrate(crc32(GOLANG_MIGRATE_TABLE + database))) {
            return Optional.of("golang-migrate");
        }
        return key >= FLYWAY + Integer.MIN_VALUE && key <= FLYWAY + Integer.MAX_VALUE
                ? Optional.of("flyway")
                : Optional.empty();
    }

    private static long golangMigrate(long hash) {
        return (hash * GOLANG_MIGRATE_SALT) & 0xFFFF_FFFFL;
    }

    private static long crc32(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
