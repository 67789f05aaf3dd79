package io.qilin.data.qlib;

/**
 * What {@link QlibStoreWriter} wrote.
 *
 * @param instruments how many instruments
 * @param days length of the calendar
 * @param fields fields of each instrument
 * @param values known values
 * @param rounded how many of them no float32 equals, so that the nearest was written
 */
public record QlibWritten(int instruments, int days, int fields, long values, long rounded) {}
