package dev.allclear.cli;

import java.io.IOException;
import java.util.List;

/** What a log is, told by its first bytes and not by its name: packed or encoded otherwise, it would be searched in vain and look clean. */
enum LogForm {
    TEXT("text"),
    GZIP("gzip", 0x1f, 0x8b),
    ZSTD("packed with zstd: unpack it first", 0x28, 0xb5, 0x2f, 0xfd),
    XZ("packed with xz: unpack it first", 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
    BZIP2("packed with bzip2: unpack it first", 0x42, 0x5a, 0x68),
    ZIP("packed with zip: unpack it first", 0x50, 0x4b, 3, 4),
    UTF16_LE("UTF-16: make it UTF-8 first", 0xff, 0xfe),
    UTF16_BE("UTF-16: make it UTF-8 first", 0xfe, 0xff);

    /** So many bytes tell. */
    static final int LONGEST = 6;

    private final String words;
    private final List<Integer> sign;

    LogForm(String words, Integer... sign) {
        this.words = words;
        this.sign = List.of(sign);
    }

    /**
     * By how it begins.
     *
     * @throws IOException when it is a form that is not read
     */
    static LogForm of(byte[] head, int length) throws IOException {
        for (LogForm form : values()) {
            if (form != TEXT && form.begins(head, length)) {
                if (form == GZIP) {
                    return GZIP;
                }
                throw new IOException("it is " + form.words);
            }
        }
        return TEXT;
    }

    private boolean begins(byte[] head, int length) {
        if (length < sign.size()) {
            return false;
        }
        for (int i = 0; i < sign.size(); i++) {
            if ((head[i] & 0xff) != sign.get(i)) {
                return false;
            }
        }
        return true;
    }
}
