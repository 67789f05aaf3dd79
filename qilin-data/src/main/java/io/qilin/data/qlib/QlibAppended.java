package io.qilin.data.qlib;

/**
 * What {@link QlibStoreWriter#append} added.
 *
 * @param days how many days the calendar grew by; 0 if the store had them all, and nothing was written
 * @param instruments instruments with new values
 * @param listed how many of them are new in the store
 * @param values known values that were added
 * @param rounded how many of them no float32 equals, so that the nearest was written
 * @param mended whether an append that had been interrupted was undone first
 */
public record QlibAppended(
    int days, int instruments, int listed, long values, long rounded, boolean mended) {}
