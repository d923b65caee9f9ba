package dev.allclear.cli;

import java.io.IOException;
import java.util.HexFormat;

/** What a log is, told by its first bytes and not by its name: packed or encoded otherwise, it would be searched in vain and look clean. */
enum LogForm {
    GZIP("1f8b", "gzip"),
    ZSTD("28b52ffd", "packed with zstd: unpack it first"),
    XZ("fd377a585a00", "packed with xz: unpack it first"),
    BZIP2("425a68", "packed with bzip2: unpack it first"),
    ZIP("504b0304", "packed with zip: unpack it first"),
    UTF16_LE("fffe", "UTF-16: make it UTF-8 first"),
    UTF16_BE("feff", "UTF-16: make it UTF-8 first"),
    TEXT("", "text");

    /** So many bytes tell. */
    static final int LONGEST = 6;

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
     * @throws IOException when it is a form that is not read
     */
    static LogForm of(byte[] head, int length) throws IOException {
        String beginning = HexFormat.of().formatHex(head, 0, Math.max(0, length));
        for (LogForm form : values()) {
            if (beginning.startsWith(form.sign)) {
                if (form != GZIP && form != TEXT) {
                    throw new IOException("it is " + form.words);
                }
                return form;
            }
        }
        return TEXT;
    }
}
