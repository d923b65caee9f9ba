package dev.allclear.log;

/**
 * How far a source reached at some moment: bytes of a file, messages of a partition, milliseconds of a store.
 *
 * @param key the file's identity (device and inode), which survives a rename; of other sources what positions refer to
 * @param print of what stood before that point, to know a file again that was emptied and grew; 0 for other sources
 * @param isBusy whether the file was just being written, so that its silence later would tell something
 */
record FileMark(String file, String key, long size, long print, boolean isBusy) {
    FileMark(String file, String key, long size) {
        this(file, key, size, 0, false);
    }
}
