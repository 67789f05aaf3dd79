/**
 * Records of every kind besides daily bars, in memory and in files, as they were known at a moment: start with {@link
 * io.qilin.data.record.RecordFiles} or {@link io.qilin.data.record.RecordStore}.
 */
@NullMarked
package io.qilin.data.record;

import org.jspecify.annotations.NullMarked;
