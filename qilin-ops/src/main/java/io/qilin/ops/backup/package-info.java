/**
 * Copies of running stores that are checked before they count, and the way back: start with {@link io.qilin.ops.backup.Backups}.
 */
@NullMarked
package io.qilin.ops.backup;

import org.jspecify.annotations.NullMarked;
