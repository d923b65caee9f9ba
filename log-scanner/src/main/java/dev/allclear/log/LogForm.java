package dev.allclear.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HexFormat;

/** What a log is, told by its first bytes and not by its name: packed or encoded otherwise, it would be searched in vain and look clean. */
public enum LogForm {
    GZIP("1f8b", "packed with gzip"),
    ZSTD("28b52ffd", "packed with zstd: unpack it first"),
    XZ("fd377a585a00", "packed with xz: unpack it first"),
    BZIP2("425a68", "packed with bzip2: unpack it first"),
    ZIP("504b0304", "packed with zip: unpack it first"),
    UTF16_LE("fffe", "UTF-16: make it UTF-8 first"),
    UTF16_BE("feff", "UTF-16: make it UTF-8 first"),
    TEXT("", "text");

    /** So many bytes tell. */
    public static final int LONGEST = 6;

    private final String sign;
    private final String words;

    LogForm(String sign, String words) {
        this.sign = sign;
        this.words = words;
    }

    /**
     * By how it begins.
     *
     * @param length how many bytes of the head were there; less than 0 is none
     */
    public static LogForm of(byte[] head, int length) {
        String beginning = HexFormat.of().formatHex(head, 0, Math.max(0, length));
        for (LogForm form : values()) {
            if (beginning.startsWith(form.sign)) {
                return form;
            }
        }
        return TEXT;
    }

    /** Of an open file, whose position stays where it is. */
    public static LogForm of(FileChannel log) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(LONGEST);
        return of(head.array(), log.read(head, 0));
    }

    /** Whether whole files are put away like this, rather than written. */
    boolean isPacked() {
        return this != TEXT && this != UTF16_LE && this != UTF16_BE;
    }

    /** To follow "it is"; what to do about it, where it is not read. */
    public String words() {
        return words;
    }
}
