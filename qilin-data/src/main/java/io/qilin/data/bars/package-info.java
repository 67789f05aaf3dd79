/**
 * What readers of daily bars are told and found out, whatever the format of the file: units, spans, rows outside the
 * calendar. Start with {@link io.qilin.data.bars.VolumeUnit}.
 */
@NullMarked
package io.qilin.data.bars;

import org.jspecify.annotations.NullMarked;
