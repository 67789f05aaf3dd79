/**
 * The row engine: plans run a day at a time over rows of instruments. Start with {@link
 * io.qilin.core.internal.row.RowProgram}.
 */
@NullMarked
package io.qilin.core.internal.row;

import org.jspecify.annotations.NullMarked;
