package dev.allclear.log;

/**
 * How far a file reached at some moment.
 *
 * @param key the file's identity (device and inode), which survives a rename
 */
record FileMark(String file, String key, long size) {}
