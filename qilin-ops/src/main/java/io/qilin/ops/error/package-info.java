/** What a host does when something failed: start with {@link io.qilin.ops.error.DegradationTable}. */
@NullMarked
package io.qilin.ops.error;

import org.jspecify.annotations.NullMarked;
