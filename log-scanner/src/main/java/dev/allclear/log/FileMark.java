package dev.allclear.log;

/**
 * How far a source reached at some moment: bytes of a file, messages of a partition, milliseconds of a store.
 *
 * @param key the file's identity (device and inode), which survives a rename; of other sources what positions refer to
 */
record FileMark(String file, String key, long size) {}
